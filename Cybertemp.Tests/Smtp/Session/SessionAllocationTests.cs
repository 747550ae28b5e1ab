using System.Text;

namespace Cybertemp.Tests.Smtp.Session;

/// <summary>
/// What the server allocates for a command, and for a message up to its sink, the clock and the sink of the tests
/// included: budgets with room to spare, so that a copy too many is noticed here and not on a busy day.
/// </summary>
public sealed class SessionAllocationTests
{
    private const int Repetitions = 200;

    [Theory]
    [InlineData("NOOP\r\n", 1536)]
    [InlineData("RSET\r\n", 1536)]
    [InlineData("VRFY box\r\n", 1536)]
    [InlineData("MAIL FROM:<a@client.example>\r\nRSET\r\n", 3072)]
    [InlineData("MAIL FROM:<a@client.example>\r\nRCPT TO:<box@temp.example>\r\nRSET\r\n", 4096)]
    public async Task A_command_stays_within_its_budget(string commands, int budget)
    {
        await using var fixture = new SmtpFixture("Smtp:MaxMessagesPerMinutePerClient=0").Start();
        await fixture.ExchangeAsync("EHLO client.example", "220");
        Assert.InRange(Allocated(fixture, commands), 0, budget);
    }

    [Fact]
    public async Task A_message_costs_its_octets_once_and_little_beside()
    {
        var content = string.Concat(Enumerable.Repeat("A line of text, as mail has them, and then some.\r\n", 80));
        await using var fixture = new SmtpFixture("Smtp:MaxMessagesPerMinutePerClient=0").Start();
        await fixture.ExchangeAsync("EHLO client.example", "220");
        var allocated = Allocated(
            fixture,
            "MAIL FROM:<a@client.example>\r\nRCPT TO:<box@temp.example>\r\nDATA\r\n",
            $"Subject: x\r\n\r\n{content}.\r\n");
        Assert.InRange(allocated, content.Length, content.Length + 8192);
        Assert.Equal(2 * Repetitions, fixture.Sink.Messages.Count);
    }

    /// <summary>On average, after as many repetitions in which pools fill.</summary>
    private static long Allocated(SmtpFixture fixture, params string[] parts)
    {
        var sent = Array.ConvertAll(parts, Encoding.ASCII.GetBytes);
        _ = AllocatedInAll(fixture, sent);
        return AllocatedInAll(fixture, sent) / Repetitions;
    }

    private static long AllocatedInAll(SmtpFixture fixture, byte[][] parts)
    {
        var allocated = 0L;
        for (var i = 0; i < Repetitions; i++)
        {
            allocated += parts.Sum(fixture.AllocatedBy);
        }

        return allocated;
    }
}
