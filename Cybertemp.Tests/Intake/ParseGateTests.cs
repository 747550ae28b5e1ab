using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Intake;

namespace Cybertemp.Tests.Intake;

public sealed class ParseGateTests : IDisposable
{
    private const int MaxMessageBytes = 1024 * 1024;

    private static readonly byte[] Large = new byte[ParseGate.MaxSmallBytes + 1];

    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _mayEnd = new(0);
    private readonly ParseGate _gate;
    private int _reading;
    private int _mostAtOnce;

    public ParseGateTests() => _gate = new ParseGate(
        Read, MaxMessageBytes, maxLargeAtOnce: 2, TimeProvider.System);

    [Fact]
    public async Task Large_messages_hold_neither_the_caller_nor_a_thread_of_the_pool()
    {
        _mayEnd.Release(100);

        var parsed = await _gate.ReadAsync(Large, CancellationToken.None);

        Assert.Equal("thread of its own", parsed!.Text);
    }

    [Fact]
    public async Task Only_so_many_large_messages_are_read_at_once()
    {
        var readings = ReadLarge(10);
        await _started.WaitAsync();
        await _started.WaitAsync();
        Assert.DoesNotContain(readings, reading => reading.IsCompleted);

        _mayEnd.Release(10);
        await Task.WhenAll(readings);

        Assert.Equal(2, _mostAtOnce);
    }

    [Fact]
    public async Task Large_messages_together_are_no_larger_than_one_may_be()
    {
        var largest = _gate.ReadAsync(new byte[MaxMessageBytes], CancellationToken.None).AsTask();
        await _started.WaitAsync();
        var next = _gate.ReadAsync(Large, CancellationToken.None).AsTask();

        _mayEnd.Release(2);
        await Task.WhenAll(largest, next);

        Assert.Equal(1, _mostAtOnce);
    }

    [Fact]
    public async Task Small_messages_pass_large_ones()
    {
        var large = ReadLarge(10);

        var small = _gate.ReadAsync(new byte[ParseGate.MaxSmallBytes], CancellationToken.None);

        Assert.True(small.IsCompletedSuccessfully);
        _mayEnd.Release(10);
        await Task.WhenAll(large);
    }

    [Fact]
    public async Task A_session_that_ends_does_not_wait_for_its_turn()
    {
        using var ended = new CancellationTokenSource();
        var large = ReadLarge(2);
        var waiting = _gate.ReadAsync(Large, ended.Token).AsTask();

        await ended.CancelAsync();

        Assert.Null(await waiting);
        _mayEnd.Release(10);
        await Task.WhenAll(large);
    }

    public void Dispose()
    {
        _started.Dispose();
        _mayEnd.Dispose();
    }

    private List<Task<ParsedMessage?>> ReadLarge(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _gate.ReadAsync(Large, CancellationToken.None).AsTask())];

    private ParsedMessage Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > ParseGate.MaxSmallBytes)
        {
            InterlockedMax(Interlocked.Increment(ref _reading));
            _started.Release();
            _mayEnd.Wait();
            Interlocked.Decrement(ref _reading);
        }

        return new ParsedMessage { Text = Thread.CurrentThread.IsThreadPoolThread ? "pool" : "thread of its own" };
    }

    private void InterlockedMax(int reading)
    {
        var most = Volatile.Read(ref _mostAtOnce);
        while (reading > most)
        {
            most = Interlocked.CompareExchange(ref _mostAtOnce, reading, most);
        }
    }
}
