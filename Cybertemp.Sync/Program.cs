using Cybertemp.ServiceDefaults;
using Cybertemp.Sync;
using Cybertemp.Sync.Commands;

return await ServiceProgram.RunAsync(
    args, OperatorCommand.Help, static builder => builder.AddSync(), static (words, _) => OperatorCommand.TryRunAsync(words, Console.Out, CancellationToken.None));
