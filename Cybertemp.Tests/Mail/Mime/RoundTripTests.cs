using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Mime;
using Cybertemp.Mail.Mime.Attachments;
using Cybertemp.Mail.Mime.Contents;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>
/// What a mailer wrote is what is stored: random values, written in any of the ways that the RFCs allow.
/// </summary>
public class RoundTripTests
{
    private const int Cases = 20_000;

    /// <summary>Trees of random parts are denser than those of any mail.</summary>
    private static readonly MessageReader Reader = new(
        new MimeLimits { MinParserWork = int.MaxValue / 2, ComparisonsPerOctet = 1_000 });

    [Fact]
    public void Subjects_in_encoded_words() => Check(seed: 2047, Cases, (values, encoder) =>
    {
        var charset = values.Charset();
        var (before, text, after) = (values.Words(), values.Line(charset), values.Words());
        var written = $"{before} {encoder.EncodedWords(text, charset)} {after}";
        return (written, $"{before} {text} {after}", Read($"Subject: {written}\r\n\r\n").Subject);
    });

    [Fact]
    public void Subjects_in_the_charset_of_the_header() => Check(seed: 6532, Cases, (values, _) =>
    {
        var text = values.Line(Encoding.UTF8);
        return (text, text, Read(Latin1($"Subject: {text}\r\n\r\n")).Subject);
    });

    [Fact]
    public void File_names_in_parameters() => Check(seed: 2231, Cases, (values, encoder) =>
    {
        var charset = values.Charset();
        var name = values.Line(charset);
        var (type, disposition) = values.Chance(2)
            ? (encoder.Parameter("name", name, charset), "")
            : ("", encoder.Parameter("filename", name, charset));
        var written =
            $"Content-Type: application/x{type}; x=y\r\nContent-Disposition: attachment{disposition}; x=y\r\n\r\n";
        return (written, SafeFileName.Of(name, "part-0.bin"), (string?)Attachments(written)[0]!["name"]);
    });

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    [InlineData("x-uuencode")]
    public void Lengths_of_encoded_contents(string encoding) => Check(seed: 2045, Cases / 4, (values, encoder) =>
    {
        var octets = values.Octets(1_000);
        var body = encoding switch
        {
            "base64" => encoder.Base64(octets),
            "quoted-printable" => encoder.QuotedPrintable(octets),
            _ => encoder.UUEncode(octets),
        };
        var written = $"Content-Type: image/x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}";
        return (body, $"{octets.Length}", Attachments(written)[0]!["sizeBytes"]!.ToString());
    });

    [Fact]
    public void Octets_in_base64() => Check(seed: 2048, Cases / 4, static (values, encoder) =>
    {
        var octets = values.Octets(1_000);
        var written = encoder.Base64(octets);
        return (written, Convert.ToHexString(octets), Decode(written, Base64Octets.Decode));
    });

    [Fact]
    public void Octets_in_quoted_printable() => Check(seed: 2049, Cases / 4, static (values, encoder) =>
    {
        var octets = values.Octets(1_000);
        var written = encoder.QuotedPrintable(octets);
        return (written, Convert.ToHexString(octets), Decode(written, QuotedPrintableOctets.Decode));
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
        var written = $"Content-Type: text/plain; charset={charset.WebName}\r\n"
            + $"Content-Transfer-Encoding: {encoding}\r\n\r\n{body}";
        return (written, text, Read(written).Text);
    });

    [Fact]
    public void Trees_of_multiparts_and_messages() => Check(seed: 5322, Cases / 4, static (values, _) =>
    {
        var tree = MimeTree.Create(values, depth: 6);
        var written = tree.Write(values);
        var read = Attachments(written).Select(
            leaf => ((string)leaf!["contentType"]!, (int)leaf["sizeBytes"]!, (int)leaf["index"]!));
        var expected = tree.Leaves().Select((leaf, index) => (leaf.Type, leaf.Length, index));
        return (written, string.Join("\n", expected), string.Join("\n", read));
    });

    [Fact]
    public void Addresses_in_lists_and_groups() => Check(seed: 822, Cases, (values, encoder) =>
    {
        var (written, expected) = (new StringBuilder(), new List<(string Name, string Address)>());
        for (var count = values.Random.Next(1, 5); count > 0; count--)
        {
            var isGroup = values.Chance(6);
            written.Append(isGroup ? $"{values.Words()}:{encoder.Blanks()}" : "");
            written.Append(WriteMailbox(values, encoder, expected));
            written.Append(isGroup ? $",{WriteMailbox(values, encoder, expected)};" : "")
                .Append(count > 1 ? values.OneOf(",", ", ,") : "").Append(encoder.Blanks());
        }

        var read = Read($"From: {written}\r\n\r\n");
        return (
            written.ToString(),
            $"{expected[0].Name}\n{string.Join('\n', expected.Select(mailbox => mailbox.Address))}",
            $"{read.FromName}\n{string.Join('\n', read.From.Take(expected.Count))}");
    });

    [Fact]
    public void Dates() => Check(seed: 3339, Cases, (values, encoder) =>
    {
        var date = values.Date();
        var written = encoder.Date(date);
        var hasSeconds = written.Count(static c => c == ':') == 2;
        var expected = hasSeconds ? date : date.AddSeconds(-date.Second);
        return (written, Text(expected), Read($"Date: {written}\r\n\r\n").Date is { } read ? Text(read) : null);
    });

    [Fact]
    public void Message_ids() => Check(seed: 1036, Cases, (values, encoder) =>
    {
        var id = $"{values.Atom()}.{values.Atom()}@{values.Word()}.{values.Word()}";
        var written = $"{values.OneOf("", "(c)")}{encoder.Blanks()}<{id}>{encoder.Blanks()}";
        return (written, id, Read($"Message-ID: {written}\r\n\r\n").MessageId);
    });

    [Fact]
    public void A_value_that_is_read_otherwise_is_seen() =>
        Assert.ThrowsAny<Exception>(() => Check(seed: 1, Cases, (values, encoder) =>
    {
        var text = values.Line(Encoding.UTF8);
        return (text, text, Read($"Subject: {encoder.EncodedWords(text, Encoding.UTF8)[..^3]}\r\n\r\n").Subject);
    }));

    private static void Check(
        int seed, int cases, Func<MimeValues, MimeEncoder, (string Written, string Expected, string? Read)> roundTrip)
    {
        var values = new MimeValues(seed);
        var encoder = new MimeEncoder(values);
        for (var number = 0; number < cases; number++)
        {
            var (written, expected, read) = roundTrip(values, encoder);
            Assert.True(
                expected == read, $"seed {seed}, case {number}: expected\n{expected}\nbut read\n{read}\nof\n{written}");
        }
    }

    private static string WriteMailbox(
        MimeValues values, MimeEncoder encoder, List<(string Name, string Address)> expected)
    {
        var charset = values.Charset();
        var address = $"{values.Atom()}{values.OneOf("", $".{values.Atom()}")}@{values.Word()}.{values.Word()}";
        var name = values.Random.Next(4) switch
        {
            0 => "",
            1 => values.Words(),
            _ => values.Line(charset, maxLength: 30, without: "\"\\"),
        };
        expected.Add((name, address));
        return name.Length == 0 ? values.OneOf(address, $"<{address}>", $"(c) {address}")
            : name.All(static c => char.IsAsciiLetterOrDigit(c) || c == ' ') && values.Chance(4) ? $"{address} ({name})"
            : $"{encoder.Phrase(name, charset)}{encoder.Blanks()}<{address}>";
    }

    private static string Text(DateTimeOffset date) => date.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The octets of UTF-8 as Latin-1 characters.</summary>
    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static ParsedMessage Read(string octets) => Reader.Read(Encoding.Latin1.GetBytes(octets));

    private static JsonArray Attachments(string octets) => JsonNode.Parse(Read(octets).Attachments)!.AsArray();

    private static string Decode(string text, Func<ReadOnlySpan<byte>, Span<byte>, int> decode)
    {
        var decoded = new byte[text.Length];
        return Convert.ToHexString(decoded.AsSpan(0, decode(Encoding.Latin1.GetBytes(text), decoded)));
    }
}
