using System.Text;
using System.Text.Json;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime.Bounds;

/// <summary>Beyond a cap the rest is ignored, the note says so, and what came before is there.</summary>
public class MimeLimitsTests
{
    private const string FieldsWereCut = "Header fields that are too many or too long were cut.";
    private const string PartsWereCut = "Everything after too many parts or delimiters was ignored.";

    private static readonly MimeLimits Limits = new();
    private static readonly MessageReader Reader = new(Limits);

    [Fact]
    public void Header_fields_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Subject: s\r\nFrom: a@example.org\r\n{Repeat("X-A: b\r\n", 50_000)}\r\nthe body");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("the body", parsed.Text);
        Assert.Equal(Limits.MaxHeaders, Count(parsed.Headers));
        Assert.Equal(FieldsWereCut, parsed.ParseNote);
    }

    [Fact]
    public void Header_octets_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Subject: s\r\nX-A: {Repeat("a\r\n ", 100_000)}\r\n\r\nthe body");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("the body", parsed.Text);
        Assert.Equal(FieldsWereCut, parsed.ParseNote);
    }

    [Fact]
    public void A_header_block_without_an_end_is_cut_too()
    {
        var parsed = Read($"Subject: s\r\n{Repeat("X-A: b\r\n", 50_000)}");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("", parsed.Text);
    }

    [Theory]
    [InlineData("--b\r\n\r\nthe body\r\n--b\r\n")]
    [InlineData("--b\r\nContent-Type: message/rfc822\r\n\r\n")]
    public void Header_fields_of_parts_and_attached_messages_are_bounded_too(string beginning)
    {
        var parsed = Read(
            $"Content-Type: multipart/mixed; boundary=b\r\n\r\n{beginning}{Repeat("X-A: b\r\n", 50_000)}\r\n"
                + "the body\r\n--b--");

        Assert.Equal("the body", parsed.Text.Split('\n')[0]);
        Assert.Contains(FieldsWereCut, parsed.ParseNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "From: a@example.org\r\nSubject: s\r\nDate: Tue, 14 Jul 2026 10:11:12 +0200\r\nMessage-ID: <i@d>\r\n"
            + "Content-Type: text/html\r\n")]
    public void Fields_that_make_columns_are_kept_beyond_the_cap(string fields)
    {
        var parsed = Read($"{Repeat("X-A: b\r\n", 50_000)}{fields}\r\n<p>the body");

        Assert.Equal(
            ["a@example.org", "s", "i@d", "the body"],
            [parsed.FromAddress, parsed.Subject, parsed.MessageId, parsed.Text]);
        Assert.Equal(2026, parsed.Date?.Year);
    }

    [Fact]
    public void Entries_of_attachments_beyond_the_cap_are_ignored()
    {
        var part = $"--b\r\nContent-Type: x/y\r\n\r\n{new string('x', 500)}\r\n";

        var parsed = Read(
            $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nthe body\r\n{Repeat(part, 1_500)}--b--");

        Assert.Equal("the body", parsed.Text);
        Assert.Equal(Limits.MaxAttachments, Count(parsed.Attachments));
        Assert.Equal("Attachments beyond the first 1000 were ignored.", parsed.ParseNote);
    }

    [Theory]
    [InlineData(500, 3_000)]
    [InlineData(1, 20_000)]
    public void Octets_after_too_many_parts_are_not_even_parsed(int octets, int count)
    {
        var part = $"--b\r\nContent-Type: x/y\r\n\r\n{new string('x', octets)}\r\n";

        var parsed = Read(
            $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nthe body\r\n{Repeat(part, count)}--b--");

        Assert.Equal("the body", parsed.Text);
        Assert.StartsWith(PartsWereCut, parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_lines_that_could_be_delimiters_of_many_multiparts_end_the_message()
    {
        var levels = string.Concat(Enumerable.Range(0, 50).Select(number =>
            $"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"));

        var parsed = Read($"{levels}\r\nthe body\r\n{Repeat("--x\r\n", 100_000)}");

        Assert.StartsWith("the body\n--x", parsed.Text, StringComparison.Ordinal);
        Assert.Equal(PartsWereCut, parsed.ParseNote);
    }

    [Fact]
    public void Parameters_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Content-Type: text/html{Repeat("; a=b", 5_000)}\r\n\r\n<p>the body");

        Assert.Equal("the body", parsed.Text);
        Assert.Equal(FieldsWereCut, parsed.ParseNote);
    }

    [Fact]
    public void Lines_of_dashes_in_a_text_are_no_delimiters()
    {
        var plain = Read($"Subject: dump\r\n\r\n{Repeat("-- comment\r\n", 30_000)}the end");
        var part = Read(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                + $"{Repeat("-- comment\r\n", 30_000)}the end\r\n--b--");

        Assert.All([plain, part], parsed =>
        {
            Assert.EndsWith("the end", parsed.Text, StringComparison.Ordinal);
            Assert.Equal("", parsed.ParseNote);
        });
    }

    [Theory]
    [InlineData("message/rfc822", "base64")]
    [InlineData("message/rfc822", " BASE64 (comment)")]
    [InlineData("text/plain", "7bit")]
    public void A_content_without_empty_lines_is_no_header(string type, string encoding)
    {
        var content = Convert.ToBase64String(new byte[1_000_000], Base64FormattingOptions.InsertLineBreaks);

        var parsed = Read($"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\nContent-Type: {type}\r\n"
            + $"Content-Transfer-Encoding:{encoding}\r\nContent-Disposition: attachment\r\n\r\n{content}\r\n--b--");

        Assert.Contains(
            $"\"sizeBytes\":{(encoding == "7bit" ? content.Length : 1_000_000)}", parsed.Attachments,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: message/rfc822\r\n\r\n", "")]
    [InlineData(
        "Content-Type: multipart/mixed; boundary=b#\r\n\r\n--b#\r\n",
        "Parts nested deeper than 64 levels were not opened.")]
    public void Levels_beyond_the_cap_are_not_opened(string level, string note)
    {
        var levels = Enumerable.Range(0, 1_000)
            .Select(number => level.Replace("#", $"{number}", StringComparison.Ordinal));

        var parsed = Read(string.Concat(levels) + "\r\ndeep text");

        Assert.Equal(1, Count(parsed.Attachments));
        Assert.Contains(note, parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_beyond_the_cap_are_ignored()
    {
        var parsed = Read(
            $"From: {string.Concat(Enumerable.Range(0, 2_000).Select(number => $"a@b{number}.cc,"))}\r\n\r\nx");

        Assert.Equal(Limits.MaxAddresses, parsed.From.Count);
        Assert.StartsWith("From addresses beyond", parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_address_of_an_endless_From_is_still_checked()
    {
        var parsed = Read($"From: first@example.org, {Repeat("x ", 30_000)} <last@example.org>\r\n\r\nx");

        Assert.Equal("first@example.org", parsed.FromAddress);
        Assert.Equal("last@example.org", parsed.From[^1]);
        Assert.Equal(FieldsWereCut, parsed.ParseNote);
    }

    [Fact]
    public void A_megabyte_of_subject_is_cut()
    {
        var parsed = Read($"Subject: {Repeat("=?utf-8?Q?=C3=BC?= ", 10_000)}\r\n\r\nx");

        Assert.StartsWith("üüü", parsed.Subject, StringComparison.Ordinal);
        Assert.InRange(parsed.Subject.Length, 1_000, Limits.MaxFieldLength + StoredText.CutMarker.Length);
    }

    [Fact]
    public void Text_and_html_are_cut_with_a_marker()
    {
        var plain = Read($"Content-Type: text/plain\r\n\r\n{new string('x', 3 * 1024 * 1024)}");
        var html = Read($"Content-Type: text/html\r\n\r\n<p>{new string('x', 3 * 1024 * 1024)}</p>");

        Assert.All([plain.Text, html.Html], text =>
        {
            Assert.EndsWith(StoredText.CutMarker, text, StringComparison.Ordinal);
            Assert.Equal(Limits.MaxTextLength + StoredText.CutMarker.Length, text.Length);
        });
        Assert.InRange(html.Text.Length, 1, Limits.MaxTextLength + StoredText.CutMarker.Length);
    }

    private static ParsedMessage Read(string message) => Reader.Read(Encoding.UTF8.GetBytes(message));

    private static int Count(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetArrayLength();
    }

    private static string Repeat(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count));
}
