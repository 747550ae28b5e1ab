using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver;

return await ServiceProgram.RunAsync(args, static builder => builder.AddSmtpReceiver(), ReceiverCommands.TryRunAsync);
