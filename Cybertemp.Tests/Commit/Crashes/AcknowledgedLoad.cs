using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Cybertemp.Tests.Storage;
using Npgsql;

namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>
/// Sessions that send one message after the other, never the same twice, and remember each that was answered 250.
/// </summary>
internal sealed class AcknowledgedLoad : IAsyncDisposable
{
    public const string Domain = "crash.example";

    // SHA-256 of the octets, in hexadecimal digits.
    private readonly ConcurrentQueue<string> _acknowledged = new();

    private readonly ConcurrentQueue<TimeSpan> _latencies = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _pause;
    private readonly Task[] _sessions;
    private readonly int _port;
    private int _sent;
    private int _temporaryRefusals;
    private int _permanentRefusals;

    /// <summary>Starts to send.</summary>
    /// <param name="port">The receiver's.</param>
    /// <param name="sessions">How many send at once.</param>
    /// <param name="pause">Between a session's messages.</param>
    public AcknowledgedLoad(int port, int sessions, TimeSpan pause)
    {
        (_port, _pause) = (port, pause);
        _sessions = [.. Enumerable.Range(0, sessions).Select(i => Task.Run(() => RunAsync(i)))];
    }

    /// <summary>Replies of the form 4yz, to any command.</summary>
    public int TemporaryRefusals => Volatile.Read(ref _temporaryRefusals);

    /// <summary>Replies of the form 5yz, to any command.</summary>
    public int PermanentRefusals => Volatile.Read(ref _permanentRefusals);

    /// <summary>Final dot to 250, in ascending order, of what was sent since the last call.</summary>
    public TimeSpan[] TakeLatencies()
    {
        var latencies = new List<TimeSpan>();
        while (_latencies.TryDequeue(out var latency))
        {
            latencies.Add(latency);
        }

        latencies.Sort();
        return [.. latencies];
    }

    /// <summary>Completes when <paramref name="more"/> messages were acknowledged from now on.</summary>
    public async Task WaitForMoreAsync(int more, TimeSpan timeout)
    {
        var target = _acknowledged.Count + more;
        var started = TimeProvider.System.GetTimestamp();
        while (_acknowledged.Count < target)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < timeout, "No mail is acknowledged any more.");
            await Task.Delay(10);
        }
    }

    /// <summary>Completes when no message is acknowledged for half a second.</summary>
    public async Task WaitForNoMoreAsync(TimeSpan timeout)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var before = -1; before != _acknowledged.Count;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < timeout, "Mail is still acknowledged.");
            before = _acknowledged.Count;
            await Task.Delay(500);
        }
    }

    /// <summary>
    /// How many acknowledged messages are not stored, and how many are stored twice, over all tables.
    /// </summary>
    public async Task<(int Acknowledged, int Lost, int Duplicated)> CountAsync(NpgsqlDataSource database)
    {
        var acknowledged = _acknowledged.ToArray();
        var stored = new Dictionary<string, int>(StringComparer.Ordinal);
        const string Everything = """
            select encode(sha256(raw), 'hex') from emails
            union all select encode(sha256(raw), 'hex') from private_emails
            union all select encode(sha256(raw), 'hex') from quarantine
            """;
        foreach (var hash in await database.ColumnAsync(Everything))
        {
            stored[hash] = stored.GetValueOrDefault(hash) + 1;
        }

        return (acknowledged.Length, acknowledged.Count(a => !stored.ContainsKey(a)), stored.Values.Count(n => n > 1));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_sessions);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(int session)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync("127.0.0.1", _port, _stop.Token);
                await ConverseAsync(client, session);
            }
            catch (Exception ex) when (ex is SocketException or IOException or OperationCanceledException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task ConverseAsync(TcpClient client, int session)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await ReadReplyAsync(reader);
        await CommandAsync(stream, reader, "EHLO client.example\r\n");
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            var content = Message(number);

            // A reserved address is private: every tenth message goes to the other table.
            var box = number % 10 == 0 ? "postmaster" : $"box{session}.{number % 50}";
            if (await CommandAsync(stream, reader, "MAIL FROM:<sender@client.example>\r\n") != 250
                || await CommandAsync(stream, reader, $"RCPT TO:<{box}@{Domain}>\r\n") != 250
                || await CommandAsync(stream, reader, "DATA\r\n") != 354)
            {
                await Task.Delay(50, CancellationToken.None);
                return;
            }

            await stream.WriteAsync(content, _stop.Token);
            var dot = TimeProvider.System.GetTimestamp();
            if (await CommandAsync(stream, reader, ".\r\n") == 250)
            {
                _latencies.Enqueue(TimeProvider.System.GetElapsedTime(dot));
                _acknowledged.Enqueue(Convert.ToHexStringLower(SHA256.HashData(content)));
            }

            await Task.Delay(_pause, _stop.Token);
        }
    }

    private static byte[] Message(int number)
    {
        var random = new Random(number);
        var body = new StringBuilder();
        body.Append(
            CultureInfo.InvariantCulture,
            $"From: s@client.example\r\nSubject: {number}\r\nMessage-ID: <{Guid.NewGuid()}@client.example>\r\n\r\n");
        for (var line = random.Next(1, 60); line > 0; line--)
        {
            body.Append(CultureInfo.InvariantCulture, $"{random.NextInt64():x16} {random.NextInt64():x16}\r\n");
        }

        return Encoding.ASCII.GetBytes(body.ToString());
    }

    private async Task<int> CommandAsync(NetworkStream stream, StreamReader reader, string command)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command), _stop.Token);
        return await ReadReplyAsync(reader);
    }

    private async Task<int> ReadReplyAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(_stop.Token) is { Length: >= 3 } line)
        {
            if (line.Length == 3 || line[3] == ' ')
            {
                var reply = int.Parse(line.AsSpan(0, 3), CultureInfo.InvariantCulture);
                Count(reply);
                return reply;
            }
        }

        throw new IOException("The connection ended.");
    }

    private void Count(int reply)
    {
        if (reply >= 500)
        {
            Interlocked.Increment(ref _permanentRefusals);
        }
        else if (reply >= 400)
        {
            Interlocked.Increment(ref _temporaryRefusals);
        }
    }
}
