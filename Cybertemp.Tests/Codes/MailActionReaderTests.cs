using Cybertemp.Web.Codes;

namespace Cybertemp.Tests.Codes;

public sealed class MailActionReaderTests
{
    private const string From = "Example <no-reply@example.test>";

    [Fact]
    public void Answers_as_expected_for_the_corpus() => Meets(MailCases.Corpus);

    [Fact]
    public void Answers_as_expected_for_the_first_half_of_the_invented_mails() => Meets(MailCases.Tuning);

    [Fact]
    public void Answers_as_expected_for_the_half_held_out() => Meets(MailCases.HeldOut);

    [Fact]
    public void Answers_as_expected_for_mails_invented_later() =>
        Meets([.. MailCases.Second, .. MailCases.Third, .. MailCases.Fourth], recall: 0.93);

    [Fact]
    public void Answers_as_expected_beside_other_numbers() => Meets(MailCases.OtherNumbers);

    [Fact]
    public void Answers_as_expected_for_mails_of_many_sectors() => Meets(MailCases.Sectors);

    [Fact]
    public void Answers_as_expected_for_mails_of_few_words() => Meets(MailCases.FewWords);

    [Fact]
    public void Answers_as_expected_for_mails_of_few_lines() => Meets(MailCases.Terse);

    [Fact]
    public void Answers_as_expected_for_what_looks_like_them() => Meets(MailCases.LookAlikes);

    [Fact]
    public void Answers_as_expected_for_usual_mails() => Meets(
    [
        .. MailCases.Services, .. MailCases.Frameworks, .. MailCases.Usual, .. MailCases.Short, .. MailCases.Neighbours,
    ]);

    [Theory]
    [InlineData("Your code: 482 913", "482913")]
    [InlineData("Your code: 4 8 2 9 1 3", "482913")]
    [InlineData("Your code: ４８２９１３", "482913")]
    [InlineData("Your code: ٤٨٢٩١٣", "482913")]
    [InlineData("Your code: 𝟒𝟖𝟐𝟗𝟏𝟑", "482913")]
    [InlineData("Your code: 4\u200b8\u200b2\u200b9\u200b1\u200b3", "482913")]
    [InlineData("Your code: 482\u2013913", "482-913")]
    [InlineData("Your code: 482\u2011913", "482-913")]
    [InlineData("Your code: G-482913", "G-482913")]
    [InlineData("Your code: Ｋ７Ｍ２Ｑ", "K7M2Q")]
    [InlineData("Your code: aK9zQ2", "aK9zQ2")]
    [InlineData("A kódod: 482913-as", "482913")]
    [InlineData("Your code: 71-44-09", "71-44-09")]
    [InlineData("Your code: G-481-220", "G-481-220")]
    [InlineData("Your code: 8QK4-T2", "8QK4-T2")]
    [InlineData("482913 (your code)", "482913")]
    [InlineData("OTP=482913", "482913")]
    [InlineData("482913 is your 2FA code", "482913")]
    [InlineData("Your login code is below.\n\nvkqd-hzwt", "vkqd-hzwt")]
    public void Gives_a_code_in_normal_form(string line, string expected) =>
        Assert.Equal(expected, MailActionReader.Read("Sign in", line, "", From).Code);

    [Theory]
    [InlineData("Order number: 482913")]
    [InlineData("Your code for 20% off: SUMMER20")]
    [InlineData("Copyright 2019-2026")]
    [InlineData("Call +44 20 7946 0137 to sign in")]
    [InlineData("Total: 4829 USD")]
    [InlineData("Card ending in 4829 was used to sign in")]
    [InlineData("> Your code: 482913")]
    [InlineData("A code was sent to ***-***-4829")]
    [InlineData("Log in to account XX4829 with a code")]
    [InlineData("Door code: 4829#")]
    [InlineData("Code 4829: wrong password")]
    [InlineData("code = 4829")]
    [InlineData("Ticket code 4829, valid 90 min")]
    [InlineData("14 Station Road, Leeds, PIN code 560001")]
    [InlineData("The code is sent to your account (customer 482913)")]
    [InlineData("The code 482913 was used on 20 Jan 2026, 14:33.")]
    [InlineData("The old code 482913 no longer works.")]
    [InlineData("Make sure the number on your screen is 4829")]
    public void Gives_no_code_for_other_numbers(string line) =>
        Assert.Null(MailActionReader.Read("Sign in", line, "", From).Code);

    [Theory]
    [InlineData("<p style='display:none'>Your code: 482913</p>")]
    [InlineData("<p style='font-size:0'>Your code: 482913</p>")]
    [InlineData("<p style='max-height:0;overflow:hidden'>Your code: 482913</p>")]
    [InlineData("<p style='color:#fff;background:#ffffff'>Your code: 482913</p>")]
    [InlineData("<style>.a{display:none}</style><p class='b a'>Your code: 482913</p>")]
    [InlineData("<!-- Your code: 482913 -->")]
    [InlineData("<script>'Your code: 482913'</script>")]
    [InlineData("<template>Your code: 482913</template>")]
    [InlineData("<div class='gmail_quote gmail_quote_container'>Your code: 482913</div>")]
    [InlineData("<p>Your code: <s>482913</s></p>")]
    public void Gives_no_code_that_is_not_seen(string html)
    {
        Assert.Equal("482913", MailActionReader.Read("Sign in", "", "<p>Your code: 482913</p>", From).Code);
        Assert.Null(MailActionReader.Read("Sign in", "", "<p>Hello, here is how to sign in.</p>" + html, From).Code);
    }

    /// <summary>A name that begins like a word is none; a short word of another language is none either.</summary>
    [Theory]
    [InlineData("Ticketry", "Sign in to Ticketry: 48291 is your code", "48291")]
    [InlineData("Couponia", "Use this code to sign in to Couponia: 48291", "48291")]
    [InlineData("Banco", "Tu NIP temporal para iniciar sesión es 4829", "4829")]
    public void Takes_no_name_for_a_word(string sender, string text, string expected) =>
        Assert.Equal(expected, MailActionReader.Read("Sign in", text, "", $"{sender} <hi@{sender}.test>").Code);

    [Theory]
    [InlineData("Confirm: https://a.test/confirm/9f8e7d6c5b.", "https://a.test/confirm/9f8e7d6c5b")]
    [InlineData("Confirm (https://a.test/confirm/9f8e7d6c5b)", "https://a.test/confirm/9f8e7d6c5b")]
    [InlineData("Confirm: <https://a.test/confirm/9f8e\n7d6c5b>", "https://a.test/confirm/9f8e7d6c5b")]
    [InlineData("请确认：https://a.test/confirm/9f8e7d6c5b。谢谢", "https://a.test/confirm/9f8e7d6c5b")]
    public void Gives_a_printed_link_without_what_stands_around_it(string text, string expected) =>
        Assert.Equal(expected, MailActionReader.Read("Confirm your address", text, "", From).Link);

    [Theory]
    [InlineData("<a href='https://a.test/login'>Sign in</a>")]
    [InlineData("<a href='https://a.test/u/9f8e7d6c5b'>Unsubscribe</a>")]
    [InlineData("<p>Not you? <a href='https://a.test/r/9f8e7d6c5b'>Reset your password</a></p>")]
    [InlineData("<a href='mailto:confirm-9f8e7d6c5b@a.test'>Confirm</a>")]
    [InlineData("<a href='javascript:confirm(482913)'>Confirm</a>")]
    public void Gives_no_link_that_does_not_act_for_the_reader(string html) =>
        Assert.Null(MailActionReader.Read("Your account", "", html, From).Link);

    [Fact]
    public void Prefers_the_address_of_the_HTML_and_decodes_its_entities()
    {
        const string Html = "<a href=\"https://a.test/t?x=9f8e7d6c5b&amp;type=confirm\">Confirm</a>";
        var action = MailActionReader.Read("Confirm", "Confirm: https://a.test/confirm/9f8e7d6c5b", Html, From);
        Assert.Equal("https://a.test/t?x=9f8e7d6c5b&type=confirm", action.Link);
    }

    private static void Meets(IReadOnlyList<MailCase> mails, double recall = 0.95)
    {
        var (codes, links) = Verdicts.On(mails);
        var isMet = codes.Precision >= 0.98 && codes.Recall >= recall && links.Precision >= 0.98
            && links.Recall >= recall;
        Assert.True(isMet, $"codes: {codes.Summary}\nlinks: {links.Summary}");
    }
}
