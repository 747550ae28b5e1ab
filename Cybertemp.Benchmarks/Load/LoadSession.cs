using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Cybertemp.Benchmarks.Load;

/// <summary>One client: sends messages until told to stop and times each from its final dot to the 250.</summary>
internal sealed class LoadSession(LoadOptions options, int number) : IDisposable
{
    private readonly byte[] _message = LoadMessage.Create(options.Bytes, number);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;
    private int _start;
    private int _end;

    /// <summary>Sends until <paramref name="stop"/>; adds ticks of <see cref="Stopwatch"/> from final dot to 250.</summary>
    public async Task RunAsync(List<long> latencies, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_socket is null)
            {
                await ConnectAsync();
            }

            latencies.Add(options.Mode is LoadMode.Pipe ? await SendPipelinedAsync() : await SendLockStepAsync());
            if (options.Mode is LoadMode.PerCon)
            {
                await CommandAsync("QUIT", 221);
                Disconnect();
            }
        }
    }

    public void Dispose() => Disconnect();

    private async Task ConnectAsync()
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _socket.ConnectAsync(options.Host, options.Port);
        (_start, _end) = (0, 0);
        await ReadReplyAsync(220);
        await CommandAsync("EHLO load.example", 250);
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<long> SendPipelinedAsync()
    {
        await _socket!.SendAsync(Encoding.ASCII.GetBytes($"MAIL FROM:<load@shop.example>\r\nRCPT TO:<{options.Recipient}>\r\nDATA\r\n"));
        await ReadReplyAsync(250);
        await ReadReplyAsync(250);
        await ReadReplyAsync(354);
        return await SendContentAsync();
    }

    private async Task<long> SendLockStepAsync()
    {
        await CommandAsync("MAIL FROM:<load@shop.example>", 250);
        await CommandAsync($"RCPT TO:<{options.Recipient}>", 250);
        await CommandAsync("DATA", 354);
        return await SendContentAsync();
    }

    private async Task<long> SendContentAsync()
    {
        for (var sent = 0; sent < _message.Length;)
        {
            sent += await _socket!.SendAsync(_message.AsMemory(sent));
        }

        var started = Stopwatch.GetTimestamp();
        await ReadReplyAsync(250);
        return Stopwatch.GetTimestamp() - started;
    }

    private async Task CommandAsync(string command, int code)
    {
        await _socket!.SendAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        await ReadReplyAsync(code);
    }

    private async Task ReadReplyAsync(int code)
    {
        while (true)
        {
            var line = await ReadLineAsync();
            if (line.Length < 4 || line[3] != '-')
            {
                if (!line.StartsWith($"{code}", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"expected {code}, got: {line}");
                }

                return;
            }
        }
    }

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
            var read = await _socket!.ReceiveAsync(_buffer.AsMemory(_end));
            _end += read > 0 ? read : throw new InvalidOperationException("the server closed the connection");
        }
    }
}
