using Cybertemp.ServiceDefaults;
using Cybertemp.Sync;

return await ServiceProgram.RunAsync(args, SyncUsage.Text, static builder => builder.AddSync());
