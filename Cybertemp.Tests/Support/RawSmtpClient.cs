using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Tests.Support;

/// <summary>
/// SMTP by hand over a real socket: sends exactly the octets it is given, reads replies line by line.
/// </summary>
internal sealed class RawSmtpClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _reader = StreamReader.Null;

    public static async Task<RawSmtpClient> ConnectAsync(int port, string host = "127.0.0.1")
    {
        var client = new RawSmtpClient();
        await client._client.ConnectAsync(host, port);
        client._reader = new StreamReader(client._client.GetStream(), Encoding.Latin1);
        return client;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The last line of the next reply.</summary>
    public async Task<string> ReplyAsync()
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync().WaitAsync(Patience)
                ?? throw new EndOfStreamException("the server closed the connection");
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }
    }

    /// <summary>Sends one command line and reads its reply.</summary>
    public async Task<string> CommandAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReplyAsync();
    }

    /// <summary>Greeting, EHLO, MAIL and RCPT; every reply must be positive.</summary>
    public async Task BeginAsync(string recipient, string sender = "sender@example.net")
    {
        Assert.StartsWith("220 ", await ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await CommandAsync("EHLO client.example"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await CommandAsync($"MAIL FROM:<{sender}>"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await CommandAsync($"RCPT TO:<{recipient}>"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
