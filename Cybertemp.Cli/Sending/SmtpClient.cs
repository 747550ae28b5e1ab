using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Cli.Sending;

/// <summary>One session with a receiver, without TLS: enough for a test mail. Every wait is bounded.</summary>
internal sealed class SmtpClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private readonly StreamReader _replies;

    private SmtpClient(TcpClient connection)
    {
        (_connection, _stream) = (connection, connection.GetStream());
        _replies = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Connects; the greeting is still to be read.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="TimeoutException">Nobody answers.</exception>
    public static async Task<SmtpClient> ConnectAsync(DnsEndPoint server, CancellationToken ct)
    {
        var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(server.Host, server.Port, ct).AsTask().WaitAsync(Timeout, ct);
            return new SmtpClient(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The greeting, before anything is sent.</summary>
    public Task<SmtpAnswer> ReadGreetingAsync(CancellationToken ct) => ReadAsync(ct);

    /// <summary>Hands the message over.</summary>
    /// <returns>The reply to the message, or the first that refuses something.</returns>
    public async Task<SmtpAnswer> SendAsync(
        string from, IReadOnlyList<string> recipients, byte[] message, CancellationToken ct)
    {
        var utf8 = recipients.Append(from).All(static a => Ascii.IsValid(a)) ? "" : " SMTPUTF8";
        string[] commands =
            ["EHLO localhost", $"MAIL FROM:<{from}>{utf8}", .. recipients.Select(static r => $"RCPT TO:<{r}>"), "DATA"];
        var answer = await ReadGreetingAsync(ct);
        foreach (var command in commands)
        {
            if (!answer.IsPositive)
            {
                return answer;
            }

            answer = await AskAsync(Encoding.UTF8.GetBytes(command + "\r\n"), ct);
        }

        if (answer.IsPositive)
        {
            answer = await AskAsync(Transparent(message), ct);
            await AskAsync("QUIT\r\n"u8.ToArray(), ct);
        }

        return answer;
    }

    public void Dispose()
    {
        _replies.Dispose();
        _connection.Dispose();
    }

    private async Task<SmtpAnswer> AskAsync(byte[] octets, CancellationToken ct)
    {
        await _stream.WriteAsync(octets, ct).AsTask().WaitAsync(Timeout, ct);
        return await ReadAsync(ct);
    }

    private async Task<SmtpAnswer> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var line = await _replies.ReadLineAsync(ct).AsTask().WaitAsync(Timeout, ct)
                ?? throw new EndOfStreamException("it closed the connection");
            if (line is not [_, _, _, '-', ..])
            {
                return new SmtpAnswer(line);
            }
        }
    }

    /// <summary>RFC 5321 §4.5.2, with the final dot. Lines end with CRLF already.</summary>
    private static byte[] Transparent(byte[] message)
    {
        var content = new List<byte>(message.Length + 16);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && (i == 0 || message[i - 1] == '\n'))
            {
                content.Add((byte)'.');
            }

            content.Add(message[i]);
        }

        return [.. content, .. message is [.., (byte)'\n'] ? ".\r\n"u8 : "\r\n.\r\n"u8];
    }
}
