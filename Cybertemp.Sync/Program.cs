using Cybertemp.ServiceDefaults;
using Cybertemp.Sync;
using Cybertemp.Sync.Commands;

return OperatorCommand.IsOne(args)
    ? await OperatorCommand.RunAsync(args, Console.Out, CancellationToken.None)
    : await ServiceProgram.RunAsync(args, static builder => builder.AddSync());
