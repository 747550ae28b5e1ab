using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver;

return await ServiceProgram.RunAsync(args, ReceiverCommands.Help, static builder => builder.AddSmtpReceiver(), ReceiverCommands.TryRunAsync);
