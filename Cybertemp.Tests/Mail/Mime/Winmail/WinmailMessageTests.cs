using System.Text;
using Cybertemp.Mail.Mime.Winmail;

namespace Cybertemp.Tests.Mail.Mime.Winmail;

public class WinmailMessageTests
{
    private static readonly byte[] Beginning = [0x78, 0x9F, 0x3E, 0x22, 1, 0];

    [Fact]
    public void Has_files_with_their_long_names()
    {
        var message = Read(
            Attribute(0x00069002, new byte[14], level: 2),
            Attribute(0x0006800F, "12345"u8.ToArray(), level: 2),
            Attribute(0x00018010, "SHORT~1.PDF\0"u8.ToArray(), level: 2),
            Attribute(0x00069005, Properties(
                Property(0x1F, 0x3707, Encoding.Unicode.GetBytes("A long näme.pdf\0")),
                Property(0x1E, 0x370E, "application/pdf\0"u8.ToArray()),
                Property(0x1E, 0x3712, "<id@x>\0"u8.ToArray())), level: 2));

        var file = new WinmailFile
        {
            Name = "A long näme.pdf",
            ContentType = "application/pdf",
            ContentId = "id@x",
            SizeBytes = 5,
            Offset = 40,
        };
        Assert.Equal([file], message.Files);
    }

    [Fact]
    public void Has_text_and_html_in_their_charsets()
    {
        var message = Read(
            Attribute(0x00069007, [.. BitConverter.GetBytes(1251), .. new byte[4]], level: 1),
            Attribute(0x00069003, Properties(
                Property(0x1E, 0x1000, [0xCF, 0xF0, 0xE8, 0x0D, 0x0A]),
                [3, 0, 0xDE, 0x3F, .. BitConverter.GetBytes(65001)],
                Property(0x102, 0x1013, "<p>При</p>"u8.ToArray())), level: 1));

        Assert.Equal("При\n", message.Text);
        Assert.Equal("<p>При</p>", message.Html);
    }

    [Fact]
    public void Passes_named_and_many_valued_properties()
    {
        byte[] named = [0x1F, 0, 0, 0x80, .. new byte[16], 1, 0, 0, 0, 4, 0, 0, 0, .. "a\0\0\0"u8, .. Values(
            "x\0"u8.ToArray(), "y\0"u8.ToArray())];
        byte[] numbers = [3, 0x10, 1, 0, 2, 0, 0, 0, .. new byte[8]];

        var message = Read(
            Attribute(0x00069003, Properties(named, numbers, Property(0x1E, 0x1000, "text"u8.ToArray())), level: 1));

        Assert.Equal("text", message.Text);
    }

    /// <summary>MimeKit's reader loops as often as it is told.</summary>
    [Theory]
    [InlineData(0x1000)]
    [InlineData(0x1001)]
    [InlineData(0x1003)]
    [InlineData(0x101E)]
    public void Does_not_believe_counts(int type)
    {
        byte[] endless = [.. BitConverter.GetBytes((ushort)type), 0x37, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[64]];

        var message = Read(Attribute(0x00069003, Properties(endless), level: 1));

        Assert.Equal("", message.Text);
    }

    [Fact]
    public void Of_a_stream_that_is_cut_anywhere_what_is_whole_is_read()
    {
        byte[] whole =
        [
            .. Beginning,
            .. Attribute(0x00069003, Properties(Property(0x1E, 0x1000, "text"u8.ToArray())), level: 1),
            .. Attribute(0x00069002, new byte[14], level: 2),
            .. Attribute(0x0006800F, "12345"u8.ToArray(), level: 2),
            .. Attribute(0x00069005, Properties(Property(0x1F, 0x3707, Encoding.Unicode.GetBytes("a.pdf"))), level: 2),
        ];
        for (var length = 0; length < whole.Length; length++)
        {
            var message = WinmailMessage.Read(whole.AsSpan(0, length), maxFiles: 10);

            Assert.Equal(length < Beginning.Length, message is null);
            Assert.Contains(message?.Text ?? "", (string[])["", "text"], StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Files_beyond_the_cap_are_ignored()
    {
        var files = Enumerable.Repeat(Attribute(0x00069002, [], level: 2), 1_000).SelectMany(octet => octet).ToArray();

        Assert.Equal(11, Read(files).Files.Count);
    }

    [Fact]
    public void Other_octets_are_none() => Assert.Null(WinmailMessage.Read("PK\u0003\u0004 no TNEF"u8, maxFiles: 10));

    private static WinmailMessage Read(params byte[][] attributes) =>
        WinmailMessage.Read([.. Beginning, .. attributes.SelectMany(attribute => attribute)], maxFiles: 10)!;

    private static byte[] Attribute(int tag, byte[] value, byte level) =>
        [level, .. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(value.Length), .. value, 0, 0];

    private static byte[] Properties(params byte[][] properties) =>
        [.. BitConverter.GetBytes(properties.Length), .. properties.SelectMany(property => property)];

    private static byte[] Property(ushort type, ushort id, byte[] value) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(id), .. Values(value)];

    private static byte[] Values(params byte[][] values) =>
        [.. BitConverter.GetBytes(values.Length), .. values.SelectMany(value => (byte[])
            [.. BitConverter.GetBytes(value.Length), .. value, .. new byte[(4 - (value.Length % 4)) % 4]])];
}
