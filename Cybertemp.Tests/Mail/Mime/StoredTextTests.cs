using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime;

public class StoredTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("nul\0byte", "nul\uFFFDbyte")]
    [InlineData("\uD83C\uDF89 party", "\uD83C\uDF89 party")]
    public void Replaces_what_PostgreSQL_cannot_hold(string? text, string stored) =>
        Assert.Equal(stored, StoredText.Clean(text, 100));

    /// <summary>Not a theory: attributes are stored as UTF-8, which has no lone surrogates.</summary>
    [Fact]
    public void Replaces_lone_surrogates()
    {
        Assert.Equal("lone \uFFFD high", StoredText.Clean("lone \uD83C high", 100));
        Assert.Equal("lone \uFFFD low", StoredText.Clean("lone \uDF89 low", 100));
        Assert.Equal("\uFFFD\uFFFD", StoredText.Clean("\uDF89\uD83C", 100));
        Assert.Equal("\uFFFD\uD83C\uDF89", StoredText.Clean("\uD83C\uD83C\uDF89", 100));
        Assert.Equal("end \uFFFD", StoredText.Clean("end \uD83C", 100));
    }

    [Fact]
    public void Marks_where_it_cut() => Assert.Equal("12345" + StoredText.CutMarker, StoredText.Clean("123456789", 5));

    [Fact]
    public void Does_not_cut_a_character_in_two() =>
        Assert.Equal("1234" + StoredText.CutMarker, StoredText.Clean("1234\uD83C\uDF89", 5));
}
