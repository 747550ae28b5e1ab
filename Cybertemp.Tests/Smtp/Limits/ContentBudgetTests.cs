using System.Net;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Limits;

namespace Cybertemp.Tests.Smtp.Limits;

public sealed class ContentBudgetTests
{
    private const int KiB = 1024;

    private static readonly ClientKey One = ClientKey.Of(IPAddress.Parse("192.0.2.1"));
    private static readonly ClientKey Other = ClientKey.Of(IPAddress.Parse("192.0.2.2"));

    [Fact]
    public void One_client_has_its_share_and_others_the_rest()
    {
        var budget = new ContentBudget(8000 * KiB, 2000 * KiB);
        Assert.Null(budget.Take(One, 1750 * KiB, isLarge: true));
        Assert.Same(SmtpReply.ClientMemoryFull, budget.Take(One, 1, isLarge: true));
        Assert.Null(budget.Take(Other, 1750 * KiB, isLarge: true));
    }

    [Fact]
    public void Large_messages_leave_an_eighth_to_small_ones()
    {
        var budget = new ContentBudget(8000 * KiB, 8000 * KiB);
        Assert.Null(budget.Take(One, 7000 * KiB, isLarge: true));
        Assert.Same(SmtpReply.MemoryFull, budget.Take(Other, 1, isLarge: true));
        Assert.Null(budget.Take(One, 1000 * KiB, isLarge: false));
        Assert.Same(SmtpReply.MemoryFull, budget.Take(Other, 1, isLarge: false));
    }

    [Fact]
    public void A_refusal_takes_nothing_and_what_is_given_back_is_there_again()
    {
        var budget = new ContentBudget(800 * KiB, 800 * KiB);
        Assert.NotNull(budget.Take(One, 900 * KiB, isLarge: true));
        Assert.Equal(0, budget.Used);
        Assert.Null(budget.Take(One, 700 * KiB, isLarge: true));
        budget.Release(One, 700 * KiB, isLarge: true);
        Assert.Equal(0, budget.Used);
        Assert.Null(budget.Take(One, 700 * KiB, isLarge: true));
    }

    [Fact]
    public void The_operator_is_told_at_once_and_then_once_a_minute()
    {
        var (time, log) = (new ManualTime(), new LineLogger());
        var alarm = new MemoryAlarm(new ContentBudget(100, 50), time, log);
        for (var i = 0; i < 100; i++)
        {
            alarm.Refused("in_flight_bytes");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Collection(
            log.Lines,
            static line => Assert.StartsWith("Warning: 1 messages", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Warning: 60 messages", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_grows_large_is_counted_with_the_large_ones_as_a_whole()
    {
        var budget = new ContentBudget(800 * KiB, 800 * KiB);
        var reservation = new ContentReservation(budget, One);
        Assert.True(reservation.TryAdd(256 * KiB));
        Assert.False(reservation.TryAdd(512 * KiB));
        Assert.Equal(256 * KiB, budget.Used);
        Assert.True(reservation.TryAdd(100 * KiB));
        Assert.Equal(356 * KiB, budget.Used);
        Assert.Same(SmtpReply.MemoryFull, budget.Take(Other, 400 * KiB, isLarge: true));
        reservation.Shrink(256 * KiB);
        Assert.Equal(100 * KiB, budget.Used);
        reservation.Release();
        Assert.Equal(0, budget.Used);
    }
}
