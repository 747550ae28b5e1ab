using Cybertemp.ServiceDefaults;
using Cybertemp.Web;

return await ServiceProgram.RunAsync(
    args, WebUsage.Text, static builder => builder.AddWeb(), static app => app.MapWeb());
