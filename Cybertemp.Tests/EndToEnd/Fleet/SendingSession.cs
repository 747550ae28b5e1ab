using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>One connection of a sender, used for one message after the other until something goes wrong.</summary>
internal sealed class SendingSession(int port) : IDisposable
{
    private static readonly string Body =
        string.Concat(Enumerable.Repeat("A line of a mail of two kilobytes.\r\n", 60));

    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader? _reader;

    public int Port => port;

    /// <summary>Final dot to answer, of the last message.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>Connects first, if need be; waits for answers as long as the token lets it.</summary>
    public async Task<SendOutcome> SendAsync(string inbox, string subject, CancellationToken ct)
    {
        var isDotSent = false;
        try
        {
            var refusal = await BeginAsync(inbox, ct);
            if (refusal is not 0)
            {
                return Of(refusal);
            }

            await WriteAsync($"From: sender@client.example\r\nSubject: {subject}\r\n\r\n{Body}", ct);
            var dot = TimeProvider.System.GetTimestamp();
            isDotSent = true;
            var reply = await CommandAsync(".", ct);
            Latency = TimeProvider.System.GetElapsedTime(dot);
            return Of(reply);
        }
        catch (Exception ex) when (ex is SocketException or IOException)
        {
            return isDotSent ? SendOutcome.InDoubt : SendOutcome.Disconnected;
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _client.Dispose();
    }

    /// <summary>Up to 354; the reply that is none of the expected, or 0.</summary>
    private async Task<int> BeginAsync(string inbox, CancellationToken ct)
    {
        if (_reader is null)
        {
            await _client.ConnectAsync("127.0.0.1", port, ct);
            _reader = new StreamReader(_client.GetStream(), Encoding.ASCII);
            if (await ReplyAsync(ct) is not 220 and var greeting)
            {
                return greeting;
            }

            if (await CommandAsync("EHLO client.example", ct) is not 250 and var hello)
            {
                return hello;
            }
        }

        foreach (var (command, expected) in ((string, int)[])[
            ("MAIL FROM:<sender@client.example>", 250), ($"RCPT TO:<{inbox}>", 250), ("DATA", 354)])
        {
            var reply = await CommandAsync(command, ct);
            if (reply != expected)
            {
                return reply;
            }
        }

        return 0;
    }

    private static SendOutcome Of(int reply) => reply switch
    {
        < 400 => SendOutcome.Accepted,
        < 500 => SendOutcome.Deferred,
        _ => SendOutcome.Refused,
    };

    private async Task<int> CommandAsync(string command, CancellationToken ct)
    {
        await WriteAsync(command + "\r\n", ct);
        return await ReplyAsync(ct);
    }

    private async Task WriteAsync(string text, CancellationToken ct) =>
        await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), ct);

    private async Task<int> ReplyAsync(CancellationToken ct)
    {
        while (await _reader!.ReadLineAsync(ct) is { Length: >= 3 } line)
        {
            if (line.Length == 3 || line[3] == ' ')
            {
                return int.Parse(line.AsSpan(0, 3), CultureInfo.InvariantCulture);
            }
        }

        throw new IOException("The connection ended.");
    }
}
