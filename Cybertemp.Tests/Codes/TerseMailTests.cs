using Cybertemp.Web.Codes;

namespace Cybertemp.Tests.Codes;

public sealed class TerseMailTests
{
    private const string From = "Oakly <no-reply@oakly.test>";

    [Theory]
    [InlineData("Oakly", "Oakly: 204 887", "204887")]
    [InlineData("550192", "550192", "550192")]
    [InlineData("Oakly", "482913 (valid for 10 minutes)", "482913")]
    [InlineData("Oakly", "Enter 482913", "482913")]
    [InlineData("Sign in", "4812", "4812")]
    [InlineData("Your code", "4812", "4812")]
    [InlineData("Oakly code", "4812", "4812")]
    [InlineData("Hello", "Your Courierly code is 4812", "4812")]
    [InlineData("Hello", "Il tuo codice Oakly è 4812", "4812")]
    [InlineData("Pago", "Clave 482913 para pagar 48,20 EUR", "482913")]
    public void Gives_the_code_of_a_mail_that_says_nothing_else(string subject, string text, string expected) =>
        Assert.Equal(expected, MailActionReader.Read(subject, text, "", From).Code);

    [Theory]
    [InlineData("Gate code", "Gate code: 4812")]
    [InlineData("Your Desk Code", "Your Desk Code: 4812")]
    [InlineData("Your number", "4812")]
    [InlineData("Casier", "Casier 12, code 482913")]
    [InlineData("Produto", "Código: 482913, R$ 12,90")]
    [InlineData("2026", "2026")]
    [InlineData("Hello", "Code 2026")]
    [InlineData("Paid", "Payment of 48.20 EUR received. Confirmation code: 482913")]
    [InlineData("Paid", "Paid 48.20 EUR. Auth code 482913")]
    public void Gives_no_code_when_few_words_are_of_something_else(string subject, string text) =>
        Assert.Null(MailActionReader.Read(subject, text, "", From).Code);

    [Theory]
    [InlineData("Sign in to Oakly", "https://oakly.test/x/9f8e7d6c5b", "https://oakly.test/x/9f8e7d6c5b")]
    [InlineData("Sign in to Oakly", "https://oakly.test/x/Zk3vQpLw", "https://oakly.test/x/Zk3vQpLw")]
    [InlineData("Your receipt", "https://oakly.test/x/9f8e7d6c5b", null)]
    public void Gives_a_link_that_is_all_below_a_subject_that_acts(string subject, string text, string? expected) =>
        Assert.Equal(expected, MailActionReader.Read(subject, text, "", From).Link);
}
