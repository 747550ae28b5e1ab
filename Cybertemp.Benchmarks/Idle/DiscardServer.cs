using System.Globalization;
using System.Net;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cybertemp.Benchmarks.Idle;

/// <summary>
/// The SMTP server as the receiver runs it, without anything behind it; on a port of the system's choice when none is
/// given.
/// </summary>
internal sealed class DiscardServer : IAsyncDisposable
{
    private readonly IHost _host;

    private DiscardServer(IHost host) => _host = host;

    public int Port => ((IPEndPoint)_host.Services.GetRequiredService<SmtpListener>().EndPoint!).Port;

    /// <summary>Octets that the process has in memory after a collection.</summary>
    public static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    public static async Task<DiscardServer> StartAsync(int port = 0)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Smtp:HostName"] = "mx.benchmark",
            ["Smtp:MaxSessions"] = "20000",
            ["Smtp:Tls:SelfSigned"] = "true",
        });
        var ports = new DiscardPorts();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IMessageSink>(ports)
            .AddSingleton<ISenderPolicy>(ports).AddSingleton<IRecipientPolicy>(ports);
        builder.Services.AddSmtp();
        var host = builder.Build();
        await host.StartAsync();
        return new DiscardServer(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
