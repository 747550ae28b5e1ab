using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver;

return await ServiceProgram.RunAsync(args, ReceiverUsage.Text, static builder => builder.AddSmtpReceiver());
