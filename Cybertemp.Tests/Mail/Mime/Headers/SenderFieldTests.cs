using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Mime.Headers;

namespace Cybertemp.Tests.Mail.Mime.Headers;

public class SenderFieldTests
{
    [Theory]
    [InlineData("a@b.example", "", "a@b.example")]
    [InlineData("A <a@b.example>", "A", "a@b.example")]
    [InlineData("\"A, \\\"B\\\"\" <a@b.example>", "A, \"B\"", "a@b.example")]
    [InlineData("a@b.example (A comment)", "A comment", "a@b.example")]
    [InlineData("(a comment) a@b.example", "", "a@b.example")]
    [InlineData("John (c) Doe <a@b.example>", "John (c) Doe", "a@b.example")]
    [InlineData("=?utf-8?Q?M=C3=BCller=2C_Hans?= <a@b.example>", "Müller, Hans", "a@b.example")]
    [InlineData("Doe, John <a@b.example>", "Doe, John", "a@b.example")]
    [InlineData("a@b.example <c@d.example>", "a@b.example", "c@d.example")]
    [InlineData("A <@r1,@r2:a@b.example>", "A", "a@b.example")]
    [InlineData("A\"B\"C <a@b.example>", "ABC", "a@b.example")]
    [InlineData("Team: a@b.example, c@d.example;", "", "a@b.example")]
    [InlineData("undisclosed-recipients:;", "", "")]
    [InlineData("a @ b . example", "", "a@b.example")]
    [InlineData("\"a b\"@c.example", "", "\"a b\"@c.example")]
    [InlineData("a@[IPv6:::1]", "", "a@[IPv6:::1]")]
    [InlineData("a@xn--bcher-kva.example", "", "a@bücher.example")]
    [InlineData("postmaster", "", "postmaster")]
    [InlineData("A <>", "", "")]
    [InlineData("", "", "")]
    public void Well_formed_ones_are_read_by_the_grammar(string field, string name, string address) =>
        AssertSender(field, name, address);

    [Theory]
    [InlineData("A <a@b.example", "A", "a@b.example")]
    [InlineData("A <<a@b.example>>", "A", "a@b.example")]
    [InlineData("a@b.example>", "", "a@b.example")]
    [InlineData("A a@b.example", "A", "a@b.example")]
    [InlineData("A [a@b.example] a@b.example", "A", "a@b.example")]
    [InlineData("A <mailto:a@b.example>", "A", "a@b.example")]
    [InlineData("A <mailto:a%40b.example?subject=x>", "A", "a@b.example")]
    [InlineData("mailto:a@b.example", "", "a@b.example")]
    [InlineData("A <a..b.@c.example>", "A", "a..b.@c.example")]
    [InlineData("<a@b.example> A", "A", "a@b.example")]
    [InlineData("\"Unclosed <a@b.example>", "Unclosed", "a@b.example")]
    [InlineData("A 'a@b.example'", "A", "a@b.example")]
    [InlineData("Smile :) <a@b.example>", "Smile :)", "a@b.example")]
    [InlineData("a@b.example.", "", "a@b.example")]
    [InlineData("A <=?utf-8?Q?a=40b.example?=>", "A", "a@b.example")]
    [InlineData("=?utf-8?Q?A_=3Ca=40b.example=3E?=", "A", "a@b.example")]
    [InlineData("=?utf-8?Q?A?= =?utf-8?Q?_=3Ca=40b.example=3E?=", "A", "a@b.example")]
    [InlineData("=?utf-8?Q?A_a=40b.example?=", "A", "a@b.example")]
    [InlineData("A < a@b.example >", "A", "a@b.example")]
    [InlineData("A <B a@b.example>", "A", "a@b.example")]
    [InlineData("a\uFF20b.example", "", "a@b.example")]
    public void Malformed_ones_are_read_as_a_reader_does(string field, string name, string address) =>
        AssertSender(field, name, address);

    [Theory]
    [InlineData("A <a@b.example>, C <c@d.example>", "a@b.example", "c@d.example")]
    [InlineData("\"c@d.example\" <a@b.example>", "a@b.example", "c@d.example")]
    [InlineData("a@b.example (c@d.example)", "a@b.example", "c@d.example")]
    [InlineData("=?utf-8?Q?c=40d.example?= <a@b.example>", "a@b.example", "c@d.example")]
    [InlineData("A <a@b.example> c@d.example", "a@b.example", "c@d.example")]
    [InlineData("A <a@b.example>C <c@d.example>", "a@b.example", "c@d.example")]
    [InlineData("a@b@c.example", "a@b", "b@c.example")]
    public void Every_address_that_may_be_meant_is_found(string field, params string[] addresses) =>
        Assert.Equal(addresses, Read(field).Addresses, StringComparer.Ordinal);

    [Fact]
    public void Several_fields_are_one() =>
        Assert.Equal(["a@b.example", "c@d.example"], Read("a@b.example", "c@d.example").Addresses);

    [Fact]
    public void A_field_without_an_address_gives_way_to_one_with() =>
        Assert.Equal("a@b.example", Read("nobody", "a@b.example").Sender.Address);

    private static void AssertSender(string field, string name, string address) =>
        Assert.Equal(new Mailbox(name, address), Read(field).Sender);

    private static SenderField Read(params string[] fields) => SenderField.Read(
        fields.Select(field => new FieldLine("From", System.Text.Encoding.UTF8.GetBytes(field))), elsewhere: null,
        new MimeLimits(), new ParseNotes());
}
