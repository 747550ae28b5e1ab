using System.Globalization;
using System.Text.Json.Nodes;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>Messages on which a library and a careful reader differ: the reader's answers are stored.</summary>
public class HumanMailTests
{
    private static readonly MessageReader Reader = new(new MimeLimits());
    private static readonly JsonObject Expected = MimeCorpus.Human.AsObject();

    public static TheoryData<string> Slugs => [.. Expected.Select(message => message.Key)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Is_read_as_a_careful_reader_reads_it(string slug)
    {
        var expected = Expected[slug]!.AsObject();

        var parsed = Reader.Read(MimeCorpus.ReadHuman(slug));

        string?[] offences =
        [
            Differs(expected, "subject", parsed.Subject),
            Differs(expected, "fromName", parsed.FromName),
            Differs(expected, "fromAddress", parsed.FromAddress),
            Differs(expected, "text", parsed.Text),
            Differs(expected, "html", parsed.Html),
            .. Missing(expected, parsed.Html),
            DiffersInDate(expected, parsed.Date),
            .. DifferingAttachments(expected, parsed.Attachments),
        ];
        Assert.Empty(offences.OfType<string>());
    }

    private static string? Differs(JsonObject expected, string member, string actual) =>
        (string?)expected[member] is { } value && Lines(value) != Lines(actual)
            ? $"{member}: {value} but {actual}"
            : null;

    private static string? DiffersInDate(JsonObject expected, DateTimeOffset? actual) =>
        (string?)expected["date"] is { } date
        && DateTimeOffset.Parse(date, CultureInfo.InvariantCulture).ToUnixTimeSeconds() != actual?.ToUnixTimeSeconds()
            ? $"date: {date} but {actual}"
            : null;

    /// <summary>White space at line ends and empty lines at both ends are not judged.</summary>
    private static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private static IEnumerable<string> Missing(JsonObject expected, string html)
    {
        var position = 0;
        foreach (var fragment in expected["htmlContains"]?.AsArray().Select(node => (string)node!) ?? [])
        {
            var found = html.IndexOf(fragment, position, StringComparison.Ordinal);
            if (found < 0)
            {
                yield return $"html: {html} lacks {fragment}";
            }

            position = Math.Max(position, found + fragment.Length);
        }
    }

    private static IEnumerable<string> DifferingAttachments(JsonObject expected, string actual)
    {
        if (expected["attachments"] is not JsonArray attachments)
        {
            return [];
        }

        var read = JsonNode.Parse(actual)!.AsArray();
        return read.Count != attachments.Count
            ? [$"attachments: {actual}"]
            : attachments.Zip(read).SelectMany(pair => pair.First!.AsObject()
                .Where(key => !IsEqual(key.Value!, pair.Second![key.Key]))
                .Select(key => $"{key.Key}: {key.Value} but {actual}"));
    }

    private static bool IsEqual(JsonNode expected, JsonNode? actual) =>
        string.Equals(expected.ToString(), actual?.ToString(), StringComparison.Ordinal)
        || (expected.GetPropertyName() == "contentType"
            && string.Equals(expected.ToString(), actual?.ToString(), StringComparison.OrdinalIgnoreCase));
}
