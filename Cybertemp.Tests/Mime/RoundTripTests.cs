using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.Tests.Mime;

/// <summary>What a mailer wrote is what is read: random values, written in any of the ways that the RFCs allow.</summary>
public class RoundTripTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Subjects_in_encoded_words() => Check(seed: 2047, Cases, (values, encoder) =>
    {
        var charset = values.Charset();
        var (before, text, after) = (values.Words(), values.Line(charset), values.Words());
        var written = $"{before} {encoder.EncodedWords(text, charset)} {after}";
        return (written, $"{before} {text} {after}", Parse($"Subject: {written}\r\n\r\n").Subject);
    });

    [Fact]
    public void Subjects_in_the_charset_of_the_header() => Check(seed: 6532, Cases, (values, _) =>
    {
        var text = values.Line(Encoding.UTF8);
        return (text, text, Parse(Latin1($"Subject: {text}\r\n\r\n")).Subject);
    });

    [Fact]
    public void File_names_in_parameters() => Check(seed: 2231, Cases, (values, encoder) =>
    {
        var charset = values.Charset();
        var name = values.Line(charset);
        var (type, disposition) = values.Chance(2) ? (encoder.Parameter("name", name, charset), "") : ("", encoder.Parameter("filename", name, charset));
        var written = $"Content-Type: application/x{type}; x=y\r\nContent-Disposition: attachment{disposition}; x=y\r\n\r\n";
        return (written, name, ((MimePart)Parse(written).Body!).FileName);
    });

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    [InlineData("x-uuencode")]
    public void Encoded_contents(string encoding) => Check(seed: 2045, Cases / 4, (values, encoder) =>
    {
        var octets = values.Octets(1_000);
        var body = encoding switch
        {
            "base64" => encoder.Base64(octets),
            "quoted-printable" => encoder.QuotedPrintable(octets),
            _ => encoder.UUEncode(octets),
        };
        using var decoded = new MemoryStream();
        ((MimePart)Parse($"Content-Type: image/x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}").Body!).Content?.DecodeTo(decoded);
        return (body, Convert.ToHexString(octets), Convert.ToHexString(decoded.ToArray()));
    });

    [Fact]
    public void Texts_in_every_charset() => Check(seed: 2046, Cases / 4, (values, encoder) =>
    {
        var charset = values.Charset();
        var text = string.Join('\n', Enumerable.Range(0, values.Random.Next(1, 8)).Select(_ => values.Line(charset)));
        var octets = charset.GetBytes(text.ReplaceLineEndings("\r\n"));
        var (encoding, body) = values.Random.Next(3) switch
        {
            0 => ("base64", encoder.Base64(octets)),
            1 => ("quoted-printable", encoder.QuotedPrintable(octets)),
            _ => ("8bit", Encoding.Latin1.GetString(octets)),
        };
        var written = $"Content-Type: text/plain; charset={charset.WebName}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}";
        return (written, text, Parse(written).TextBody?.ReplaceLineEndings("\n"));
    });

    [Fact]
    public void Trees_of_multiparts_and_messages() => Check(seed: 5322, Cases / 4, static (values, _) =>
    {
        var tree = MimeTree.Create(values, depth: 6);
        var written = tree.Write(values);
        tree.AssertEqual(Parse(written).Body);
        return (written, "", "");
    });

    [Fact]
    public void Addresses_in_lists_and_groups() => Check(seed: 822, Cases, (values, encoder) =>
    {
        var (written, expected) = (new StringBuilder(), new List<string>());
        for (var count = values.Random.Next(1, 5); count > 0; count--)
        {
            var isGroup = values.Chance(6);
            written.Append(isGroup ? $"{values.Words()}:{encoder.Blanks()}" : "");
            written.Append(WriteMailbox(values, encoder, expected));
            written.Append(isGroup ? $",{WriteMailbox(values, encoder, expected)};" : "").Append(count > 1 ? values.OneOf(",", ", ,") : "").Append(encoder.Blanks());
        }

        var read = Parse($"To: {written}\r\n\r\n").To.Mailboxes.Select(mailbox => $"{mailbox.Name} <{mailbox.Address}>");
        return (written.ToString(), string.Join('\n', expected), string.Join('\n', read));
    });

    [Fact]
    public void Dates() => Check(seed: 3339, Cases, (values, encoder) =>
    {
        var date = values.Date();
        var written = encoder.Date(date);
        var hasSeconds = written.Count(static c => c == ':') == 2;
        var expected = hasSeconds ? date : date.AddSeconds(-date.Second);
        return (written, Text(expected), DateUtils.TryParse(written, out var read) ? Text(read) : null);
    });

    [Fact]
    public void Message_ids() => Check(seed: 1036, Cases, (values, encoder) =>
    {
        string[] ids = [.. Enumerable.Range(0, values.Random.Next(1, 6)).Select(_ => $"{values.Atom()}.{values.Atom()}@{values.Word()}.{values.Word()}")];
        var written = string.Concat(ids.Select(id => $"<{id}>{encoder.Blanks()}{values.OneOf("", "(c)")}"));
        return (written, string.Join(' ', ids), string.Join(' ', Parse($"References: {written}\r\n\r\n").References));
    });

    [Fact]
    public void A_value_that_is_read_otherwise_is_seen() => Assert.ThrowsAny<Exception>(() => Check(seed: 1, Cases, (values, encoder) =>
    {
        var text = values.Line(Encoding.UTF8);
        return (text, text, Parse($"Subject: {encoder.EncodedWords(text, Encoding.UTF8)[..^3]}\r\n\r\n").Subject);
    }));

    private static void Check(int seed, int cases, Func<MimeValues, MimeEncoder, (string Written, string Expected, string? Read)> roundTrip)
    {
        var values = new MimeValues(seed);
        var encoder = new MimeEncoder(values);
        for (var number = 0; number < cases; number++)
        {
            var (written, expected, read) = roundTrip(values, encoder);
            Assert.True(expected == read, $"seed {seed}, case {number}: expected\n{expected}\nbut read\n{read}\nof\n{written}");
        }
    }

    private static string WriteMailbox(MimeValues values, MimeEncoder encoder, List<string> expected)
    {
        var charset = values.Charset();
        var address = $"{values.Atom()}{values.OneOf("", $".{values.Atom()}")}@{values.Word()}.{values.Word()}";
        var name = values.Random.Next(4) switch
        {
            0 => "",
            1 => values.Words(),
            _ => values.Line(charset, maxLength: 30, without: "\"\\"),
        };
        expected.Add($"{name} <{address}>");
        return name.Length == 0 ? values.OneOf(address, $"<{address}>", $"(c) {address}")
            : name.All(static c => char.IsAsciiLetterOrDigit(c) || c == ' ') && values.Chance(4) ? $"{address} ({name})"
            : $"{encoder.Phrase(name, charset)}{encoder.Blanks()}<{address}>";
    }

    private static string Text(DateTimeOffset date) => date.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The octets of UTF-8 as Latin-1 characters.</summary>
    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static MimeMessage Parse(string octets) => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(octets)));
}
