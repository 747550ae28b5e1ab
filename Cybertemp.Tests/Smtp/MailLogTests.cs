using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Smtp;

/// <summary>What an operator finds who looks for mail that did not come.</summary>
public sealed class MailLogTests
{
    [Theory]
    [InlineData("Masked", "from=<w…d@shop.example> to=<b…x@nope.example>")]
    [InlineData("Full", "from=<wanted@shop.example> to=<box@nope.example>")]
    [InlineData("Off", "from=<…> to=<…>")]
    public async Task A_refused_recipient_is_one_line_with_all_that_explains_it(string addresses, string expected)
    {
        var lines = await RefusalsAsync(
            "S: 220\nC: EHLO mail.shop.example\nS: 250\nC: MAIL FROM:<wanted@shop.example>\nS: 250\n"
                + "C: RCPT TO:<box@nope.example>\nS: 550",
            $"Logging:Addresses={addresses}");
        Assert.Equal(
            "Information: Session TESTREF0.1 Rcpt: 550 5.7.1 unknown_domain limit=none client=192.0.2.1 "
            + $"helo=mail.shop.example {expected}",
            Assert.Single(lines));
    }

    [Fact]
    public async Task A_refused_message_names_its_limit_and_its_recipients()
    {
        var lines = await RefusalsAsync(
            "S: 220\nC: EHLO c\nS: 250\nC: MAIL FROM:<a@shop.example>\nS: 250\nC: RCPT TO:<one@temp.example>\nS: 250\n"
            + $"C: RCPT TO:<two@temp.example>\nS: 250\nC: DATA\nS: 354\nC: {new string('x', 1100)}\nC: .\nS: 552",
            "Smtp:MaxMessageBytes=1024");
        Assert.Equal(
            "Information: Session TESTREF0.1 Data: 552 5.3.4 message_too_large limit=message_size client=192.0.2.1 "
            + "helo=c from=<…@shop.example> to=<o…e@temp.example and 1 more>",
            Assert.Single(lines));
    }

    [Fact]
    public async Task A_later_refusal_does_not_name_the_mail_before_it()
    {
        var lines = await RefusalsAsync(
            "S: 220\nC: EHLO c\nS: 250\nC: MAIL FROM:<a@shop.example>\nS: 250\nC: RCPT TO:<one@temp.example>\nS: 250\n"
            + "C: DATA\nS: 354\nC: .\nS: 250\nC: DATA\nS: 503");
        Assert.EndsWith("from=<> to=<>", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_the_protocol_is_no_refused_mail() =>
        Assert.StartsWith(
            "Debug: ", Assert.Single(await RefusalsAsync("S: 220\nC: NOPE\nS: 500")), StringComparison.Ordinal);

    [Fact]
    public async Task One_client_writes_only_so_many_lines_a_minute()
    {
        var lines = await RefusalsAsync(
            "S: 220\nC: EHLO c\nS: 250\nC: MAIL FROM:<>\nS: 250\n"
            + string.Concat(Enumerable.Repeat("C: RCPT TO:<a@nope.example>\nS: 550\n", 70))
            + "T: 60\nC: RCPT TO:<a@nope.example>\nS: 550");
        Assert.Equal(61, lines.Count(static l => l.StartsWith("Information: ", StringComparison.Ordinal)));
        Assert.Equal(71, lines.Count);
    }

    [Fact]
    public async Task An_accepted_message_is_a_line_at_Debug()
    {
        var log = new LineLogger();
        await using var fixture = CreateFixture(log);
        await fixture.Start().BeginDataAsync();
        await fixture.ExchangeAsync(".", "250");
        Assert.Contains(
            log.Lines, static l => l.StartsWith("Debug: Session TESTREF0 accepted", StringComparison.Ordinal));
    }

    private static async Task<List<string>> RefusalsAsync(string script, params string[] settings)
    {
        var log = new LineLogger();
        await using var fixture = CreateFixture(log, settings);
        await Dialogue.PlayAsync(fixture.Start(), script);
        return [.. log.Lines.Where(static l => l.Contains("TESTREF0.", StringComparison.Ordinal))];
    }

    private static SmtpFixture CreateFixture(LineLogger log, params string[] settings)
    {
        var fixture = new SmtpFixture(settings);
        fixture.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        return fixture;
    }
}
