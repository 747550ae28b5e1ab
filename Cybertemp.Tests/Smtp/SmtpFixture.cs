using System.Net;
using System.Text;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Smtp.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Smtp;

/// <summary>One session over an in-memory pipe, with fakes behind it and time in the test's hand.</summary>
internal sealed class SmtpFixture : IAsyncDisposable
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(10);

    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private readonly InMemoryPipe _pipe = new();
    private readonly ServiceProvider _services;
    private readonly SmtpTransport _transport;
    private readonly SmtpSession _session;

    /// <summary>Configuration as <c>Smtp:Name=value</c>.</summary>
    public SmtpFixture(params string[] settings)
    {
        _services = CreateServices(Sink, Policies, Time, settings);
        Shared = _services.GetRequiredService<SmtpShared>();
        var peer = new SmtpPeer(Address, "TESTREF0", IsExempt: false);
        _transport = new SmtpTransport(_pipe.Server, peer.Reference, Shared.Options, Time);
        _session = new SmtpSession(Shared, peer, _transport);
    }

    /// <summary>Whose session it is.</summary>
    public static ClientKey Client { get; } = ClientKey.Of(Address);

    public static ClientKey AnotherClient { get; } = ClientKey.Of(IPAddress.Parse("192.0.2.99"));

    public SmtpShared Shared { get; }

    public FakeSink Sink { get; } = new();

    public FakePolicies Policies { get; } = new();

    public ManualTime Time { get; } = new();

    public ReceivedMessage Message => Assert.Single(Sink.Messages);

    /// <summary>Octets as Latin-1.</summary>
    public string Content => Encoding.Latin1.GetString(Message.Content.Span);

    public Task Running { get; private set; } = Task.CompletedTask;

    public IServiceProvider Services => _services;

    /// <summary>The server's registrations with fakes for the rest of the receiver.</summary>
    public static ServiceProvider CreateServices(
        FakeSink sink, FakePolicies policies, TimeProvider time, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Pairs(settings)).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Trace))
            .AddSingleton(time)
            .AddSingleton<IMessageSink>(sink)
            .AddSingleton<ISenderPolicy>(policies)
            .AddSingleton<IRecipientPolicy>(policies)
            .AddSmtp()
            .BuildServiceProvider();
    }

    public static IEnumerable<KeyValuePair<string, string?>> Pairs(string[] settings) =>
        ((string[])["Smtp:Port=0", "Smtp:HostName=mx.test", .. settings])
            .Select(static s => s.Split('=', 2))
            .GroupBy(static s => s[0], StringComparer.Ordinal)
            .Select(static g => KeyValuePair.Create(g.Key, (string?)g.Last()[1]));

    public SmtpFixture Start()
    {
        Running = Inline.Run(RunAsync);
        return this;
    }

    public void RequestStop(StopRequest request) => Inline.Run(() => _transport.RequestStop(request));

    /// <summary>Octets as Latin-1.</summary>
    public Task SendAsync(string octets) =>
        Inline.Run(() => _pipe.Client.Output.WriteAsync(Encoding.Latin1.GetBytes(octets)).AsTask());

    /// <summary>
    /// Sends the octets and takes what the server replies to them; says how many octets the server allocated meanwhile.
    /// </summary>
    public long AllocatedBy(byte[] octets) => Inline.Run(() =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taken = _pipe.Client.Output.WriteAsync(octets).AsTask();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken.IsCompletedSuccessfully);
        Assert.True(_pipe.Client.Input.TryRead(out var replies));
        _pipe.Client.Input.AdvanceTo(replies.Buffer.End);
        return allocated;
    });

    public Task SendLineAsync(string line) => SendAsync(line + "\r\n");

    public Task HangUpAsync() => Inline.Run(() => _pipe.Client.Output.CompleteAsync().AsTask());

    /// <summary>The next reply, its lines joined by LF; null when the server has hung up.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        var input = _pipe.Client.Input;
        while (true)
        {
            var result = await input.ReadAsync().AsTask().WaitAsync(ReplyTimeout);
            var text = Encoding.ASCII.GetString(result.Buffer);
            if (ReplyLength(text) is var length and > 0)
            {
                input.AdvanceTo(result.Buffer.GetPosition(length));
                return text[..length].Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>True when a reply, or a part of one, has been flushed already.</summary>
    public bool HasReply()
    {
        if (!_pipe.Client.Input.TryRead(out var result))
        {
            return false;
        }

        _pipe.Client.Input.AdvanceTo(result.Buffer.Start, result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }

    public async Task ExpectAsync(string reply)
    {
        var actual = await ReadReplyAsync() ?? "EOF";
        Assert.True(
            actual.Split('\n').Any(l => Plain(l).StartsWith(reply, StringComparison.Ordinal)),
            $"Expected {reply}, but got {actual}");
    }

    public async Task ExchangeAsync(string line, string reply)
    {
        await SendLineAsync(line);
        await ExpectAsync(reply);
    }

    /// <summary>Up to and with the 354 of a message to one inbox.</summary>
    public async Task BeginDataAsync()
    {
        await BeginTransactionAsync();
        await ExchangeAsync("DATA", "354");
    }

    /// <summary>From the greeting to the first recipient.</summary>
    public async Task BeginTransactionAsync(string mail = "MAIL FROM:<a@client.example>")
    {
        await ExpectAsync("220");
        await ExchangeAsync("EHLO client.example", "250 PIPELINING");
        await ExchangeAsync(mail, "250 2.1.0");
        await ExchangeAsync("RCPT TO:<box@temp.example>", "250 2.1.5");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _transport.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static string Plain(string line) => line.Length > 3 && line[3] == '-' ? $"{line[..3]} {line[4..]}" : line;

    private static int ReplyLength(string text)
    {
        for (var start = 0; text.IndexOf('\n', start) is var end and >= 0; start = end + 1)
        {
            if (end - start < 4 || text[start + 3] != '-')
            {
                return end + 1;
            }
        }

        return 0;
    }

    private async Task RunAsync()
    {
        await _session.RunAsync(CancellationToken.None);
        await _pipe.Server.Input.CompleteAsync();
        await _pipe.Server.Output.CompleteAsync();
    }
}
