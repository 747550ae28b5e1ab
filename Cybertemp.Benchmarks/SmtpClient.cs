using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Benchmarks;

/// <summary>One SMTP connection of a load generator: no more than it takes to send and to read reply codes.</summary>
internal sealed class SmtpClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Connects and greets.</summary>
    public static async Task<SmtpClient> ConnectAsync(string host, int port)
    {
        var client = new SmtpClient();
        await client._socket.ConnectAsync(host, port);
        await client.ExpectAsync(220);
        await client.CommandAsync("EHLO load.example", 250);
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await _socket.SendAsync(octets)..];
        }
    }

    public Task SendAsync(string commands) => SendAsync(Encoding.ASCII.GetBytes(commands + "\r\n"));

    /// <summary>Sends a command and reads its reply.</summary>
    /// <exception cref="InvalidOperationException">The reply is another one.</exception>
    public async Task CommandAsync(string command, int code)
    {
        await SendAsync(command);
        await ExpectAsync(code);
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InvalidOperationException">The reply is another one.</exception>
    public async Task ExpectAsync(int code)
    {
        if (await ReadReplyAsync() is var reply && reply != code)
        {
            throw new InvalidOperationException($"expected {code}, got {reply}");
        }
    }

    /// <summary>The code of the next reply.</summary>
    public async Task<int> ReadReplyAsync()
    {
        string line;
        do
        {
            line = await ReadLineAsync();
        }
        while (line.Length > 3 && line[3] == '-');
        return int.Parse(line.AsSpan(0, 3), provider: null);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadLineAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.ASCII.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            _end += read > 0 ? read : throw new InvalidOperationException("the server closed the connection");
        }
    }
}
