using Cybertemp.Mail.Addresses;
using Cybertemp.Tests.Smtp;

namespace Cybertemp.Tests.Mail.Addresses;

/// <summary>RFC 5321 §4.1.2, RFC 6531 §3.3.</summary>
public sealed class MailPathTests
{
    [Theory]
    [InlineData("<a@b.example>", "a@b.example")]
    [InlineData(" <A@B.Example>", "a@b.example")]
    [InlineData("<a+tag@b.example>", "a+tag@b.example")]
    [InlineData("<@relay.example,@other.example:a@b.example>", "a@b.example")]
    [InlineData("<\"a\"@b.example>", "a@b.example")]
    [InlineData("<\"a b\"@b.example>", "\"a b\"@b.example")]
    [InlineData("<\"a\\b\"@b.example>", "ab@b.example")]
    [InlineData("<\"a\\\"b\"@b.example>", "\"a\\\"b\"@b.example")]
    [InlineData("<\"a@c\"@b.example>", "\"a@c\"@b.example")]
    [InlineData("<\"\"@b.example>", "\"\"@b.example")]
    [InlineData("<\"a..b\"@b.example>", "\"a..b\"@b.example")]
    [InlineData("<a..b@b.example>", "\"a..b\"@b.example")]
    [InlineData("<a@B\u00dcCHER.example>", "a@xn--bcher-kva.example")]
    [InlineData("<a@bu\u0308cher.example>", "a@xn--bcher-kva.example")]
    [InlineData("<a@XN--BCHER-KVA.example>", "a@xn--bcher-kva.example")]
    [InlineData("<GR\u00dc\u00dfE@b.example>", "gr\u00fc\u00dfe@b.example")]
    [InlineData("<gru\u0308\u00dfe@b.example>", "gr\u00fc\u00dfe@b.example")]
    [InlineData("<a@b.example.>", "a@b.example")]
    [InlineData("<a@[192.0.2.1]>", "a@[192.0.2.1]")]
    [InlineData("<a@[IPv6:2001:DB8::1]>", "a@[ipv6:2001:db8::1]")]
    [InlineData("<!#$%&'*+-/=?^_`{|}~@b.example>", "!#$%&'*+-/=?^_`{|}~@b.example")]
    public void Reads_a_path_and_gives_it_its_normal_form(string text, string normal)
    {
        Assert.True(MailPath.TryParse(text, out var path));
        Assert.True(path.TryNormalize(out var mailbox));
        Assert.Equal(normal, mailbox.ToString());
        Assert.True(
            MailPath.TryParse($"<{normal}>", out var again) && again.TryNormalize(out var twice) && twice == mailbox);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@b.example")]
    [InlineData("<a@b.example")]
    [InlineData("<a@>")]
    [InlineData("<@b.example>")]
    [InlineData("<a b@b.example>")]
    [InlineData("<a@b@c.example>")]
    [InlineData("<\"\\\ufffe\"@b.example>")]
    [InlineData("<a@b.example,c@d.example>")]
    [InlineData("<a<b@b.example>")]
    [InlineData("<\"a@b.example>")]
    [InlineData("<\"a\"b@b.example>")]
    [InlineData("<a@[192.0.2.1>")]
    [InlineData("<a@[]>")]
    [InlineData("<@relay.example:>")]
    [InlineData("<a(comment)@b.example>")]
    [InlineData("<a@b.exa mple>")]
    public void Refuses_what_is_no_path(string text) => Assert.False(MailPath.TryParse(text, out _));

    [Theory]
    [InlineData("<a@b..example>")]
    [InlineData("<a@-b.example>")]
    [InlineData("<a@.example>")]
    public void A_domain_that_is_none_has_no_normal_form(string text)
    {
        Assert.True(MailPath.TryParse(text, out var path));
        Assert.False(path.TryNormalize(out _));
    }

    [Fact]
    public void Keeps_what_follows_the_path()
    {
        Assert.True(MailPath.TryParse("<> SIZE=1", out var path));
        Assert.True(path.IsNull);
        Assert.Equal(" SIZE=1", path.Rest.ToString());
    }

    [Fact]
    public void A_path_cut_anywhere_is_no_path()
    {
        const string Path = "<@r.example:\"a b\"@[192.0.2.1]>";
        for (var length = 0; length < Path.Length; length++)
        {
            Assert.False(MailPath.TryParse(Path.AsSpan(0, length), out _));
        }

        Assert.True(MailPath.TryParse(Path, out _));
    }

    [Fact]
    public async Task A_long_VERP_reverse_path_is_kept_as_given()
    {
        var sender = $"Bounces+{new string('v', 400)}=temp.example@mail.Client.example";
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync($"MAIL FROM:<{sender}> SIZE=100 BODY=8BITMIME SMTPUTF8");
        await fixture.ExchangeAsync("DATA", "354");
        await fixture.ExchangeAsync(".", "250 2.0.0 Ok: Message accepted");
        Assert.Equal(sender, fixture.Message.Envelope.MailFrom);
    }

    [Fact]
    public async Task Spellings_of_one_inbox_are_one_recipient()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync("MAIL FROM:<> SMTPUTF8");
        foreach (var spelling in (string[])[
            "BOX@temp.example", "\"box\"@Temp.EXAMPLE", "\"b\\ox\"@temp.example.", "box+tag@temp.example", "Postmaster",
            "POSTMASTER"])
        {
            await fixture.ExchangeAsync($"RCPT TO:<{spelling}>", "250 2.1.5");
        }

        await fixture.ExchangeAsync("DATA", "354");
        await fixture.ExchangeAsync(".", "250");
        Assert.Equal(
            "box@temp.example, box+tag@temp.example, postmaster",
            string.Join(", ", fixture.Message.Envelope.Recipients));
    }

    [Fact]
    public void No_input_makes_it_throw()
    {
        const int Seed = 5321;
        const string Characters = "<>@:,.\"\\[]ab -_\u00e4\u0308\u0130\ud83d\udce7\u200d\ufffe\u3002";
        var random = new Random(Seed);
        for (var i = 0; i < 100_000; i++)
        {
            var text = "<" + new string(random.GetItems(
                Characters.Where(static c => !char.IsSurrogate(c)).ToArray(), random.Next(12))) + "a@b\ud83d\udce7.c>";
            var isPath = MailPath.TryParse(text, out var path);
            if (isPath && path.TryNormalize(out var mailbox))
            {
                Assert.True(MailPath.TryParse($"<{mailbox}>", out var again)
                    && again.TryNormalize(out var twice) && twice == mailbox, $"seed {Seed}, input {i}: {text}");
            }
        }
    }
}
