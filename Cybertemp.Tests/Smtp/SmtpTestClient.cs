using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Tests.Smtp;

/// <summary>A client over a real connection that says what a test tells it.</summary>
internal sealed class SmtpTestClient : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly StreamReader _reader;
    private bool _isGreeted;

    public SmtpTestClient(Stream stream)
    {
        Stream = stream;
        _reader = new StreamReader(stream, Encoding.Latin1);
    }

    public Stream Stream { get; }

    /// <summary>Connects from an address of this machine, for instance another of 127.0.0.0/8.</summary>
    public static async Task<SmtpTestClient> ConnectAsync(int port, string from = "127.0.0.1")
    {
        var address = IPAddress.Parse(from);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(
            address.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, port)
                .WaitAsync(Timeout);
        return new SmtpTestClient(new NetworkStream(socket, ownsSocket: true));
    }

    public Task SendAsync(string octets) =>
        Stream.WriteAsync(Encoding.Latin1.GetBytes(octets)).AsTask().WaitAsync(Timeout);

    /// <summary>The last line of the next reply; null at the end of the connection.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        var line = await _reader.ReadLineAsync().WaitAsync(Timeout);
        while (line is { Length: > 3 } && line[3] == '-')
        {
            line = await _reader.ReadLineAsync().WaitAsync(Timeout);
        }

        return line;
    }

    public async Task ExpectAsync(string reply) =>
        Assert.StartsWith(reply, await ReadReplyAsync() ?? "EOF", StringComparison.Ordinal);

    public async Task ExchangeAsync(string line, string reply)
    {
        await SendAsync(line + "\r\n");
        await ExpectAsync(reply);
    }

    /// <summary>Up to and with 354.</summary>
    public async Task BeginDataAsync(int declaredSize = 0)
    {
        await BeginTransactionAsync(declaredSize);
        await ExchangeAsync("DATA", "354");
    }

    /// <summary>Up to and with one recipient, from the greeting on when it was not read yet.</summary>
    public async Task BeginTransactionAsync(int declaredSize = 0)
    {
        if (!_isGreeted)
        {
            await ExpectAsync("220");
            _isGreeted = true;
        }

        await ExchangeAsync("EHLO client.example", "250");
        await ExchangeAsync($"MAIL FROM:<a@client.example>{(declaredSize > 0 ? $" SIZE={declaredSize}" : "")}", "250");
        await ExchangeAsync("RCPT TO:<box@temp.example>", "250");
    }

    /// <summary>From the greeting to the handshake.</summary>
    /// <returns>The client within TLS.</returns>
    public async Task<SmtpTestClient> StartTlsAsync()
    {
        await ExpectAsync("220");
        await ExchangeAsync("EHLO client.example", "250");
        await ExchangeAsync("STARTTLS", "220");
        return await SecureAsync();
    }

    /// <summary>After the reply to STARTTLS; only the certificate of the tests is good.</summary>
    public async Task<SmtpTestClient> SecureAsync()
    {
        var stream = new SslStream(
            Stream, leaveInnerStreamOpen: true, static (_, certificate, _, _) => certificate?.Subject == "CN=mx.test");
        await stream.AuthenticateAsClientAsync("mx.test").WaitAsync(Timeout);
        return new SmtpTestClient(stream);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await Stream.DisposeAsync();
    }
}
