using Cybertemp.ServiceDefaults;
using Cybertemp.Sync;

return await ServiceProgram.RunAsync(args, static builder => builder.AddSync());
