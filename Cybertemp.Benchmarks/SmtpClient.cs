using System.Buffers;
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

    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await _socket.SendAsync(octets)..];
        }
    }

    public async ValueTask SendAsync(string commands)
    {
        var length = Encoding.ASCII.GetByteCount(commands) + 2;
        var octets = ArrayPool<byte>.Shared.Rent(length);
        Encoding.ASCII.GetBytes(commands, octets);
        "\r\n"u8.CopyTo(octets.AsSpan(length - 2));
        await SendAsync(octets.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(octets);
    }

    /// <summary>Sends a command and reads its reply.</summary>
    /// <exception cref="InvalidOperationException">The reply is another one.</exception>
    public async ValueTask CommandAsync(string command, int code)
    {
        await SendAsync(command);
        await ExpectAsync(code);
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InvalidOperationException">The reply is another one.</exception>
    public async ValueTask ExpectAsync(int code)
    {
        if (await ReadReplyAsync() is var reply && reply != code)
        {
            throw new InvalidOperationException($"expected {code}, got {reply}");
        }
    }

    /// <summary>The code of the next reply.</summary>
    public async ValueTask<int> ReadReplyAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length < 0)
            {
                await ReceiveAsync();
                continue;
            }

            var line = _buffer.AsSpan(_start, length);
            _start += length + 1;
            if (line is not [_, _, _, (byte)'-', ..])
            {
                return int.Parse(line[..3], provider: null);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read > 0 ? read : throw new InvalidOperationException("the server closed the connection");
    }
}
