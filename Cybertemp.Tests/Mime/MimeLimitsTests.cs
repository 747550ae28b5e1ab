using System.Text;
using System.Text.Json;
using Cybertemp.SmtpReceiver.Mime;

namespace Cybertemp.Tests.Mime;

/// <summary>Beyond a cap the rest is ignored, the note says so, and what came before is there.</summary>
public class MimeLimitsTests
{
    private static readonly MimeLimits Limits = new();
    private static readonly MessageReader Reader = new(Limits);

    [Fact]
    public void Header_fields_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Subject: s\r\nFrom: a@example.org\r\n{Repeat("X-A: b\r\n", 50_000)}\r\nthe body");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("the body", parsed.Text);
        Assert.Equal(Limits.MaxHeaders, Count(parsed.Headers));
        Assert.StartsWith("Header fields beyond", parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_octets_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Subject: s\r\nX-A: {Repeat("a\r\n ", 100_000)}\r\n\r\nthe body");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("the body", parsed.Text);
        Assert.StartsWith("Header fields beyond", parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_block_without_an_end_is_cut_too()
    {
        var parsed = Read($"Subject: s\r\n{Repeat("X-A: b\r\n", 50_000)}");

        Assert.Equal("s", parsed.Subject);
        Assert.Equal("", parsed.Text);
    }

    [Fact]
    public void Parts_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nthe body\r\n{Repeat("--b\r\n\r\nx\r\n", 2_000)}--b--");

        Assert.Equal("the body", parsed.Text);
        Assert.Equal(Limits.MaxAttachments - 1, Count(parsed.Attachments));
        Assert.Equal("Parts beyond the first 1000 were ignored.", parsed.ParseNote);
    }

    [Fact]
    public void Octets_after_too_many_delimiters_are_not_even_parsed()
    {
        var parsed = Read($"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nthe body\r\n{Repeat("--b\r\n\r\nx\r\n", 100_000)}--b--");

        Assert.Equal("the body", parsed.Text);
        Assert.StartsWith("Everything after 20000 delimiter lines was ignored.", parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_dashes_in_a_text_are_no_delimiters()
    {
        var parsed = Read($"Subject: dump\r\n\r\n{Repeat("-- comment\r\n", 30_000)}the end");

        Assert.EndsWith("the end", parsed.Text, StringComparison.Ordinal);
        Assert.Equal("", parsed.ParseNote);
    }

    [Theory]
    [InlineData("Content-Type: message/rfc822\r\n\r\n", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=b#\r\n\r\n--b#\r\n", "Parts nested deeper than 100 levels were not opened.")]
    public void Levels_beyond_the_cap_are_not_opened(string level, string note)
    {
        var levels = Enumerable.Range(0, 1_000).Select(number => level.Replace("#", $"{number}", StringComparison.Ordinal));

        var parsed = Read(string.Concat(levels) + "\r\ndeep text");

        Assert.Equal(1, Count(parsed.Attachments));
        Assert.Contains(note, parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_beyond_the_cap_are_ignored()
    {
        var parsed = Read($"From: {Repeat("a@b.cc,", 2_000)}\r\n\r\nx");

        Assert.Equal(Limits.MaxAddresses, parsed.From.Count);
        Assert.StartsWith("From addresses beyond", parsed.ParseNote, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_address_of_an_endless_From_is_still_checked()
    {
        var parsed = Read($"From: first@example.org, {Repeat("x ", 30_000)} <last@example.org>\r\n\r\nx");

        Assert.Equal("first@example.org", parsed.FromAddress);
        Assert.Equal("last@example.org", parsed.From[^1]);
        Assert.StartsWith("From addresses beyond", parsed.ParseNote, StringComparison.Ordinal);
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
