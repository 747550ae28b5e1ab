using Cybertemp.ServiceDefaults.Configuration;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  export A = 1  ", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a b # comment", "a b")]
    [InlineData("A=a#b", "a#b")]
    [InlineData("A=\"a # b\" # comment", "a # b")]
    [InlineData("A='a\\n\"b'", "a\\n\"b")]
    [InlineData("A=\"a\\n\\\"b\\\\\"", "a\n\"b\\")]
    [InlineData("A=postgresql://u:p@h/d?sslmode=require", "postgresql://u:p@h/d?sslmode=require")]
    [InlineData("A=1\r\nA=2\r\n", "2")]
    [InlineData("# comment\n\nA=1", "1")]
    public void Reads_a_value(string text, string expected) => Assert.Equal(expected, DotEnvFile.Parse(text)["A"]);

    [Fact]
    public void A_double_underscore_separates_sections() =>
        Assert.Equal("25", DotEnvFile.Parse("Smtp__Port=25")["Smtp:Port"]);

    [Theory]
    [InlineData("A=1\nsecret")]
    [InlineData("A=1\n=secret")]
    [InlineData("A=1\nB=\"secret")]
    [InlineData("A=1\nB='secret'x")]
    public void A_bad_line_is_named_by_number_and_not_by_content(string text)
    {
        var exception = Assert.Throws<ConfigurationException>(() => DotEnvFile.Parse(text));
        Assert.Contains("line 2", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_one_reason()
    {
        var random = new Random(20261122);
        const string Alphabet = "A=\"'\\# \t\r\nexport_:é";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems(Alphabet.AsSpan(), random.Next(24)));
            if (Record.Exception(() => DotEnvFile.Parse(text)) is { } exception)
            {
                Assert.IsType<ConfigurationException>(exception);
            }
        }
    }
}
