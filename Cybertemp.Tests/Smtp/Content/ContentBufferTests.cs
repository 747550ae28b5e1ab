using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.Tests.Smtp.Limits;

namespace Cybertemp.Tests.Smtp.Content;

public sealed class ContentBufferTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(8 * 1024, 0)]
    [InlineData((256 * 1024) - 1, 0)]
    [InlineData(256 * 1024, 0)]
    [InlineData((256 * 1024) + 1, 0)]
    [InlineData(3_000_000, 0)]
    [InlineData(3_000_000, 3_000_000)]
    [InlineData(3_000_000, 1_000_000)]
    [InlineData(1000, 3_000_000)]
    [InlineData(4 * MiB, long.MaxValue)]
    public void Keeps_every_octet_whatever_was_expected(int length, long expected)
    {
        var octets = new byte[length];
        new Random(7).NextBytes(octets);
        var budget = new ContentBudget(64 * MiB, 64 * MiB);
        var buffer = new ContentBuffer(new ContentReservation(budget, Budgets.Client));
        Assert.True(buffer.TryStart(4 * MiB, expected));
        foreach (var part in octets.Chunk(1237))
        {
            buffer.Append(part);
            Assert.InRange(budget.Used, buffer.Length, 64 * MiB);
        }

        Assert.True(octets.AsSpan().SequenceEqual(buffer.Take().Span));
        Assert.InRange(budget.Used, length, 64 * MiB);
        buffer.Release();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void A_large_message_is_handed_on_without_a_copy()
    {
        var buffer = new ContentBuffer(Budgets.Plenty());
        Assert.True(buffer.TryStart(10 * MiB, 10 * MiB));
        buffer.Append(new byte[10 * MiB]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = buffer.Take();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void Lets_go_when_there_is_no_more_room_and_says_why()
    {
        var budget = new ContentBudget(MiB, MiB);
        var buffer = new ContentBuffer(new ContentReservation(budget, Budgets.Client));
        Assert.True(buffer.TryStart(4 * MiB, expected: 0));
        buffer.Append(new byte[2 * MiB]);
        Assert.True(buffer.Discards);
        Assert.Equal(2 * MiB, buffer.Length);
        Assert.Same(SmtpReply.MemoryFull, buffer.Refusal);
        Assert.Equal(0, budget.Used);
    }
}
