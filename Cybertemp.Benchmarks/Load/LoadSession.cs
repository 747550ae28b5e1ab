using System.Diagnostics;

namespace Cybertemp.Benchmarks.Load;

/// <summary>One client: sends messages until told to stop and times each from its final dot to the 250.</summary>
internal sealed class LoadSession(LoadOptions options, int number) : IDisposable
{
    private readonly byte[] _message = LoadMessage.Create(options.Bytes, number);
    private SmtpClient? _client;

    /// <summary>
    /// Sends until <paramref name="stop"/>; adds ticks of <see cref="Stopwatch"/> from final dot to 250.
    /// </summary>
    public async Task RunAsync(List<long> latencies, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var client = _client ??= await SmtpClient.ConnectAsync(options.Host, options.Port);
            latencies.Add(
                options.Mode is LoadMode.Pipe ? await SendPipelinedAsync(client) : await SendLockStepAsync(client));
            if (options.Mode is LoadMode.PerCon)
            {
                await client.CommandAsync("QUIT", 221);
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<long> SendPipelinedAsync(SmtpClient client)
    {
        await client.SendAsync($"MAIL FROM:<load@shop.example>\r\nRCPT TO:<{options.Recipient}>\r\nDATA");
        await client.ExpectAsync(250);
        await client.ExpectAsync(250);
        await client.ExpectAsync(354);
        return await SendContentAsync(client);
    }

    private async Task<long> SendLockStepAsync(SmtpClient client)
    {
        await client.CommandAsync("MAIL FROM:<load@shop.example>", 250);
        await client.CommandAsync($"RCPT TO:<{options.Recipient}>", 250);
        await client.CommandAsync("DATA", 354);
        return await SendContentAsync(client);
    }

    private async Task<long> SendContentAsync(SmtpClient client)
    {
        await client.SendAsync(_message);
        var started = Stopwatch.GetTimestamp();
        await client.ExpectAsync(250);
        return Stopwatch.GetTimestamp() - started;
    }
}
