using System.Text;
using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.Tests.Smtp.Limits;

/// <summary>Limits of the memory and the time that messages take.</summary>
public sealed class ContentLimitTests
{
    [Fact]
    public async Task One_client_cannot_take_the_memory_of_all()
    {
        await using var host = await SmtpHost.StartAsync(
            "Smtp:MaxMessageBytes=1000000", "Smtp:MaxInFlightBytes=10000000", "Smtp:MaxInFlightBytesPerClient=3000000");
        var hogs = new List<SmtpTestClient>();
        for (var i = 0; i < 2; i++)
        {
            hogs.Add(await SmtpTestClient.ConnectAsync(host.Port));
            await hogs[i].BeginDataAsync(declaredSize: 1_000_000);
        }

        await using var third = await SmtpTestClient.ConnectAsync(host.Port);
        await third.BeginTransactionAsync(declaredSize: 1_000_000);
        await third.ExchangeAsync("DATA", Text(SmtpReply.ClientMemoryFull));
        await third.BeginTransactionAsync(declaredSize: 1000);
        await third.ExchangeAsync("DATA", "354");
        await using var other = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2");
        await other.BeginDataAsync(declaredSize: 1_000_000);
        await hogs[0].ExchangeAsync(".", "250");
        await third.ExchangeAsync(".", "250");
        foreach (var hog in hogs)
        {
            await hog.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_that_outgrows_the_memory_is_read_to_its_end_and_refused()
    {
        await using var host = await SmtpHost.StartAsync(
            "Smtp:MaxMessageBytes=1000000", "Smtp:MaxInFlightBytes=3000000");
        await using var hog = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.2");
        await hog.BeginDataAsync(declaredSize: 1_000_000);
        await using var other = await SmtpTestClient.ConnectAsync(host.Port, "127.0.0.3");
        await other.BeginDataAsync(declaredSize: 1_000_000);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.BeginDataAsync();
        await client.SendAsync(new string('b', 900_000) + "\r\n.\r\n");
        await client.ExpectAsync(Text(SmtpReply.MemoryFull));
        await client.ExchangeAsync("NOOP", "250");
        Assert.Empty(host.Sink.Messages);
    }

    [Fact]
    public async Task A_message_whose_octets_drip_is_ended_however_fast_it_began()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginDataAsync();
        await fixture.SendAsync(new string('x', 1_000_000));
        for (var i = 0; i < 9; i++)
        {
            await fixture.SendAsync("x");
            fixture.Time.Advance(TimeSpan.FromSeconds(20));
        }

        await fixture.ExpectAsync(Text(SmtpReply.TooSlow));
    }

    [Fact]
    public async Task Commands_between_chunks_do_not_hold_a_message_for_ever()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync();
        await fixture.SendAsync("BDAT 2\r\nhi");
        await fixture.ExpectAsync("250");
        for (var i = 0; i < 2; i++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(89));
            await fixture.ExchangeAsync("NOOP", "250");
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        await fixture.ExpectAsync(Text(SmtpReply.TooSlow));
    }

    [Fact]
    public async Task What_a_session_held_is_given_back()
    {
        var fixture = new SmtpFixture().Start();
        await fixture.BeginDataAsync();
        await fixture.SendAsync(new string('a', 10_000));
        Assert.NotEqual(0, fixture.Shared.Content.Used);
        await fixture.DisposeAsync();
        Assert.Equal(0, fixture.Shared.Content.Used);
    }

    [Fact]
    public async Task What_a_session_held_is_given_back_when_memory_runs_out()
    {
        await using var fixture = new SmtpFixture().Start();
        fixture.Sink.Reply = static (_, _) => throw FakeSink.LackOfMemory();
        await fixture.BeginDataAsync();
        await fixture.ExchangeAsync(".", Text(SmtpReply.OutOfMemory));
        Assert.Equal(0, fixture.Shared.Content.Used);
    }

    private static string Text(SmtpReply reply) => Encoding.ASCII.GetString(reply.Bytes.Span).TrimEnd();
}
