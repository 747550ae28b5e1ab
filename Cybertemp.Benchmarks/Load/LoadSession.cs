using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>One client: sends messages until told to stop and times each from its final dot to the 250.</summary>
internal sealed class LoadSession(LoadOptions options, int number) : IDisposable
{
    private const int ServerBusy = 452;

    private readonly byte[] _message = LoadMessage.Create(options.Bytes, number);
    private readonly Recipients _recipients = new(options);
    private SmtpClient? _client;

    /// <summary>Messages that the server had no room for just then.</summary>
    public int Refused { get; private set; }

    /// <summary>Connects and greets, unless it has.</summary>
    public async Task<SmtpClient> ConnectAsync() =>
        _client ??= await SmtpClient.ConnectAsync(options.Host, options.Port);

    /// <summary>
    /// Sends until <paramref name="stop"/>; adds ticks of <see cref="Stopwatch"/> from final dot to 250.
    /// </summary>
    public async Task RunAsync(List<long> latencies, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await SendAsync(latencies);
        }
    }

    /// <summary>Sends one message; adds ticks of <see cref="Stopwatch"/> from final dot to 250.</summary>
    public async Task SendAsync(List<long> latencies)
    {
        var client = await ConnectAsync();
        await BeginAsync(client);
        await SendContentAsync(client, latencies);
        if (options.Mode is LoadMode.PerCon)
        {
            await client.CommandAsync("QUIT", 221);
            Dispose();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task BeginAsync(SmtpClient client)
    {
        if (options.Mode is not LoadMode.Pipe)
        {
            await client.CommandAsync("MAIL FROM:<load@shop.example>", 250);
            await client.CommandAsync($"RCPT TO:<{_recipients.Next()}>", 250);
            await client.CommandAsync("DATA", 354);
            return;
        }

        await client.SendAsync($"MAIL FROM:<load@shop.example>\r\nRCPT TO:<{_recipients.Next()}>\r\nDATA");
        await client.ExpectAsync(250);
        await client.ExpectAsync(250);
        await client.ExpectAsync(354);
    }

    private async Task SendContentAsync(SmtpClient client, List<long> latencies)
    {
        await client.SendAsync(_message);
        var started = Stopwatch.GetTimestamp();
        var reply = await client.ReadReplyAsync();
        switch (reply)
        {
            case 250:
                latencies.Add(Stopwatch.GetTimestamp() - started);
                break;
            case ServerBusy:
                Refused++;
                break;
            default:
                throw new InvalidOperationException($"expected 250, got {reply}");
        }
    }
}
