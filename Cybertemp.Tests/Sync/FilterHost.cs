using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cybertemp.Tests.Sync;

/// <summary>
/// The filters of one receiver, in this process, with a poll so slow that only announcements can explain a change.
/// </summary>
internal sealed class FilterHost(IHost host) : IAsyncDisposable
{
    public long Version => host.Services.GetRequiredService<FilterSource>().Current?.Version ?? 0;

    public static async Task<FilterHost> StartAsync(string redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = redis,
            ["Filters:PollInterval"] = "1.00:00:00",
        });
        builder.AddFiltering();
        var host = builder.Build();
        await host.StartAsync();
        return new FilterHost(host);
    }

    public PolicyVerdict Recipient(string domain, string localPart = "box") =>
        host.Services.GetRequiredService<IRecipientPolicy>().CheckRecipient(new Mailbox(localPart, domain));

    public PolicyVerdict Sender(string localPart, string domain) =>
        host.Services.GetRequiredService<ISenderPolicy>().CheckSender(new Mailbox(localPart, domain));

    public Task UntilRecipientAsync(string domain, PolicyVerdict verdict, string localPart = "box") =>
        Eventually.TrueAsync(() => Recipient(domain, localPart) == verdict);

    public Task UntilSenderAsync(string localPart, string domain, PolicyVerdict verdict) =>
        Eventually.TrueAsync(() => Sender(localPart, domain) == verdict);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
