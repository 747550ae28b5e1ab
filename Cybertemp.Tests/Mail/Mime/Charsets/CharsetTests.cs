using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Mime.Charsets;

namespace Cybertemp.Tests.Mail.Mime.Charsets;

/// <summary>The labels and tables are those that a browser's TextDecoder has.</summary>
public class CharsetTests
{
    private static readonly JsonObject Labels = MimeCorpus.Whatwg["labels"]!.AsObject();
    private static readonly JsonObject Tables = MimeCorpus.Whatwg["tables"]!.AsObject();
    private static readonly byte[] UpperHalf = [.. Enumerable.Range(128, 128).Select(octet => (byte)octet)];

    /// <summary>One text in each encoding of more octets a character.</summary>
    private static readonly Dictionary<string, (byte[] Octets, string Text)> Texts = new(StringComparer.Ordinal)
    {
        ["utf-8"] = ("çä"u8.ToArray(), "çä"),
        ["utf-16le"] = ([0xE7, 0, 0x28, 0x6F], "ç漨"),
        ["utf-16be"] = ([0, 0xE7, 0x6F, 0x28], "ç漨"),
        ["gbk"] = ([0xC4, 0xE3, 0x81, 0x40], "你丂"),
        ["gb18030"] = ([0xC4, 0xE3, 0x81, 0x30, 0x84, 0x36], "你¥"),
        ["big5"] = ([0xA7, 0x41, 0xA6, 0x6E], "你好"),
        ["euc-jp"] = ([0xA5, 0xC6, 0x8E, 0xB1], "テｱ"),
        ["iso-2022-jp"] = ("\u001b$B%F%9\u001b(B."u8.ToArray(), "テス."),
        ["shift_jis"] = ([0x83, 0x65, 0xB1, 0x87, 0x40], "テｱ①"),
        ["euc-kr"] = ([0xB0, 0xA1, 0x81, 0x41], "가갂"),
    };

    [Fact]
    public void Every_label_of_the_standard_is_known_in_any_case() => Assert.All(Labels, label =>
    {
        Assert.NotNull(Charset.Find(label.Key));
        Assert.Same(Charset.Find(label.Key), Charset.Find($" \"{label.Key.ToUpperInvariant()}\" "));
    });

    [Fact]
    public void Octets_are_the_characters_of_the_standard() => Assert.All(Labels, label =>
    {
        var name = (string)label.Value!;
        var (octets, text) = Texts.TryGetValue(name, out var found) ? found : (UpperHalf, (string)Tables[name]!);

        Assert.Equal(text, Charset.Find(label.Key)!.GetString(octets));
    });

    [Theory]
    [InlineData("iso_8859_5", "iso-8859-5")]
    [InlineData("win-1251", "windows-1251")]
    [InlineData("windows1251", "windows-1251")]
    [InlineData("UTF_8", "utf-8")]
    [InlineData("'utf-8'", "utf-8")]
    [InlineData("utf-8 (comment)", "utf-8")]
    [InlineData("cp932", "shift_jis")]
    public void Labels_are_found_as_mailers_spell_them(string label, string proper) =>
        Assert.Same(Charset.Find(proper), Charset.Find(label));

    [Theory]
    [InlineData("ibm850", new byte[] { 0x81 }, "ü")]
    [InlineData("iso-2022-kr", new byte[] { 0x1B, 0x24, 0x29, 0x43, 0x0E, 0x30, 0x21, 0x0F }, "가")]
    [InlineData("hz-gb-2312", new byte[] { 0x7E, 0x7B, 0x44, 0x63, 0x7E, 0x7D }, "你")]
    public void Encodings_that_the_standard_has_not_are_read_too(string label, byte[] octets, string text) =>
        Assert.Equal(text, Charset.Find(label)!.GetString(octets));

    [Theory]
    [InlineData("")]
    [InlineData("x-unknown-8bit")]
    [InlineData("\u0000")]
    public void Other_labels_are_unknown(string label) => Assert.Null(Charset.Find(label));

    [Fact]
    public void An_endless_label_is_unknown() => Assert.Null(Charset.Find(new string('a', 1_000_000)));

    [Fact]
    public void Octets_that_mean_nothing_are_replaced() =>
        Assert.Equal("a\uFFFDb", Charset.Find("windows-1255")!.GetString(Encoding.Latin1.GetBytes("a\u00FFb")));
}
