using System.Globalization;
using System.Net;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cybertemp.Tests.Smtp;

/// <summary>The real server on a real socket, a port of the system's choice, with fakes behind it.</summary>
internal sealed class SmtpHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SmtpHost(IHost host, FakeSink sink) => (_host, Sink) = (host, sink);

    public FakeSink Sink { get; }

    public int Port => ((IPEndPoint)_host.Services.GetRequiredService<SmtpListener>().EndPoint!).Port;

    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts with configuration as <c>Smtp:Name=value</c>.</summary>
    public static async Task<SmtpHost> StartAsync(params string[] settings)
    {
        var (sink, policies) = (new FakeSink(), new FakePolicies());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(SmtpFixture.Pairs(settings));
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IMessageSink>(
            sink).AddSingleton<ISenderPolicy>(policies).AddSingleton<IRecipientPolicy>(policies);
        builder.Services.AddSmtp();
        var host = builder.Build();
        await host.StartAsync();
        return new SmtpHost(host, sink);
    }

    public Task StopAsync(CancellationToken ct = default) => _host.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
