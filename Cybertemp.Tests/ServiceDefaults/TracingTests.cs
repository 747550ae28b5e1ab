using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cybertemp.ServiceDefaults;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Commit.Telemetry;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Smtp;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.ServiceDefaults;

[Collection(TracingAlone.Name)]
public sealed class TracingTests
{
    private static readonly SmtpPeer Peer = new(IPAddress.Loopback, "7Q2M9XAK", IsExempt: false);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("parentbased_traceidratio", "1.0", true)]
    [InlineData("parentbased_traceidratio", "0.0", false)]
    [InlineData("traceidratio", "0", false)]
    [InlineData("always_off", null, false)]
    public async Task The_sampler_of_the_configuration_decides_for_a_message_and_its_batch(
        string? sampler, string? argument, bool isSampled)
    {
        using var host = await StartAsync(("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument));
        using var trace = new SessionTrace(Peer);
        trace.MessageBegan();
        trace.MessageHandedOver(Message());

        Assert.Equal("smtp.message", trace.Current?.OperationName);
        Assert.Equal(isSampled, trace.Current!.Recorded);
        using var commit = IntakeTrace.StartCommit();
        var batch = Batch();
        var span = CommitTrace.StartCommit(batch);
        Assert.Equal(isSampled, span?.Recorded ?? false);
        CommitTrace.StopCommit(span, batch, failure: null);
    }

    /// <summary>Which messages are kept is chance; what is kept of one is not.</summary>
    [Fact]
    public async Task A_sampled_message_keeps_its_batch_at_every_ratio()
    {
        using var host = await StartAsync(("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.5"));
        var sampled = 0;
        for (var i = 0; i < 200; i++)
        {
            using var trace = new SessionTrace(Peer);
            trace.MessageBegan();
            trace.MessageHandedOver(Message());
            var isSampled = trace.Current!.Recorded;
            using var commit = IntakeTrace.StartCommit();
            var batch = Batch();
            var span = CommitTrace.StartCommit(batch);
            Assert.Equal(isSampled, span is { Recorded: true });
            CommitTrace.StopCommit(span, batch, failure: null);
            Assert.Equal(isSampled ? 1 : 0, commit?.Links.Count() ?? 0);
            sampled += isSampled ? 1 : 0;
        }

        Assert.InRange(sampled, 50, 150);
    }

    [Fact]
    public async Task A_refusal_is_logged_with_its_reference_and_trace_though_not_sampled()
    {
        using var host = await StartAsync(("OTEL_TRACES_SAMPLER", "always_off"), ("OTEL_TRACES_SAMPLER_ARG", null));
        using var lines = new LinesOfTraces();
        await using var fixture = new SmtpFixture();
        fixture.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        fixture.Start();
        fixture.Sink.Reply = static (_, _) => ValueTask.FromResult(SmtpReply.QueueFull);
        await fixture.ExpectAsync("220");
        await fixture.ExchangeAsync("VRFY", "501");
        await fixture.SendLineAsync("EHLO client.example");
        await fixture.ExpectAsync("250 PIPELINING");
        await fixture.ExchangeAsync("MAIL FROM:<a@client.example>", "250");
        await fixture.ExchangeAsync("RCPT TO:<box@[192.0.2.1]>", "550");
        await fixture.ExchangeAsync("RCPT TO:<box@temp.example>", "250");
        await fixture.ExchangeAsync("DATA", "354");
        await fixture.ExchangeAsync(".", "452");

        Assert.Equal(
            ["TESTREF0.1", "TESTREF0.2", "TESTREF0.3"],
            lines.Refusals.Select(static l => l.Reference),
            StringComparer.Ordinal);
        Assert.All(lines.Refusals, static l => Assert.NotEqual(default, l.Trace));
        Assert.NotEqual(lines.Refusals[0].Trace, lines.Refusals[1].Trace);
        Assert.Equal(lines.Refusals[1].Trace, lines.Refusals[2].Trace);
    }

    [Theory]
    [InlineData(ActivityStatusCode.Unset, false)]
    [InlineData(ActivityStatusCode.Error, true)]
    public async Task A_call_to_a_server_that_belongs_to_nothing_is_exported_when_it_failed(
        ActivityStatusCode status, bool isExported)
    {
        using var host = await StartAsync();
        using var source = new ActivitySource("Npgsql");
        using var poll = source.StartActivity("postgresql", ActivityKind.Client)!;
        poll.SetStatus(status);
        poll.Stop();
        Assert.Equal(isExported, poll.Recorded);
    }

    [Fact]
    public async Task A_call_to_a_server_that_belongs_to_a_message_is_exported()
    {
        using var host = await StartAsync();
        using var trace = new SessionTrace(Peer);
        trace.MessageBegan();
        using var source = new ActivitySource("Npgsql");
        using var call = source.StartActivity("postgresql", ActivityKind.Client, trace.Current!.Context)!;
        call.Stop();
        Assert.True(call.Recorded);
    }

    [Fact]
    public async Task A_secret_URL_makes_no_span()
    {
        using var host = await StartAsync();
        using var monitor = new TcpListener(IPAddress.Loopback, 0);
        monitor.Start();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "System.Net.Http",
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var client = new HttpClient();
        foreach (var request in (HttpRequestMessage[])[SecretUrl.Get(Url(monitor)), new(HttpMethod.Get, Url(monitor))])
        {
            var answer = client.SendAsync(request);
            using (var connection = await monitor.AcceptTcpClientAsync())
            {
                await connection.GetStream().WriteAsync(
                    "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            }

            using var response = await answer;
        }

        Assert.Equal([false, true], spans.Select(static s => s.IsAllDataRequested));
    }

    [Fact]
    public async Task Nobody_listens_where_nothing_is_sent()
    {
        using var source = new ActivitySource(SessionTrace.SourceName);
        using var host = await StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", ""));
        Assert.False(source.HasListeners());
        using var sending = await StartAsync();
        Assert.True(source.HasListeners());
    }

    private static Uri Url(TcpListener monitor) => new($"http://{monitor.LocalEndpoint}/ping/secret");

    [Fact]
    public void Nothing_is_allocated_for_a_message_that_nobody_traces()
    {
        using var trace = new SessionTrace(Peer);
        var (message, batch) = (Message(), Batch());
        TraceMessage(trace, message, batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            TraceMessage(trace, message, batch);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
    }

    private static void TraceMessage(SessionTrace trace, ReceivedMessage message, MessageBatch batch)
    {
        trace.MessageBegan();
        trace.ContentBegan();
        trace.Refused(SmtpVerb.Rcpt, SmtpReply.UnknownDomain, 1);
        trace.MessageHandedOver(message);
        IntakeTrace.StartParse()?.Dispose();
        IntakeTrace.StartCommit()?.Dispose();
        CommitTrace.StopCommit(CommitTrace.StartCommit(batch), batch, failure: null);
        trace.MessageEnded(SmtpReply.Ok);
        trace.ReplySent();
    }

    private static ReceivedMessage Message() =>
        new(Guid.NewGuid(), new("", [], IPAddress.Loopback, "", Tls: null), Content: default);

    private static MessageBatch Batch() =>
        new([new PendingMessage(Messages.To("a@t"), DateTimeOffset.UnixEpoch, 0)], 1);

    /// <summary>The telemetry of the receiver, as ServiceDefaults sets it up.</summary>
    private static async Task<IHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = SessionTrace.SourceName, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"))
                .DistinctBy(static s => s.Item1, StringComparer.Ordinal)
                .Select(static s => KeyValuePair.Create(s.Item1, s.Item2)));
        builder.AddServiceDefaults();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class LinesOfTraces : LogSink
    {
        public List<(string Reference, ActivityTraceId Trace)> Refusals { get; } = [];

        protected override void Write(
            LogLevel level, EventId id, IReadOnlyList<KeyValuePair<string, object?>> values, string text)
        {
            if (id.Name is nameof(SmtpLog.Refused) or nameof(SmtpLog.MailRefused))
            {
                var named = values.ToDictionary(static p => p.Key, static p => p.Value, StringComparer.Ordinal);
                Refusals.Add(($"{named["Reference"]}.{named["Number"]}", Activity.Current?.TraceId ?? default));
            }
        }
    }
}
