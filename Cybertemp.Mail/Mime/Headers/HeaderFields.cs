using Cybertemp.Mail.Mime.Charsets;
using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>The fields of the message's header as text, each within bounds.</summary>
internal sealed class HeaderFields(HeaderList headers, DeclaredCharset? elsewhere, MimeLimits limits)
{
    private readonly List<FieldLine> _fields = [.. headers.Select(FieldLine.Of)];

    /// <summary>The first Subject; "" when absent.</summary>
    public string Subject => Clean(TextOf("Subject"));

    /// <summary>Of the first Message-ID, without brackets and blanks; "" when absent.</summary>
    public string MessageId => TextOf("Message-ID") is { } id ? Clean(MimeUtils.ParseMessageId(id)) : "";

    /// <summary>The first Date; null when absent or unreadable.</summary>
    public DateTimeOffset? Date => TextOf("Date") is { } date ? DateField.Read(date) : null;

    public SenderField From(ParseNotes notes) =>
        SenderField.Read(_fields.Where(field => field.Is("From")), elsewhere, limits, notes);

    /// <summary>JSON array of [name, value] in the order of the message; no line ends in either.</summary>
    public string ToJson()
    {
        using var json = new JsonText(expectedBytes: 1024);
        json.Writer.WriteStartArray();
        foreach (var field in _fields)
        {
            json.Writer.WriteStartArray();
            json.Writer.WriteStringValue(Clean(field.Name));
            json.Writer.WriteStringValue(Clean(HeaderText.Decode(field.Value.Span, elsewhere)));
            json.Writer.WriteEndArray();
        }

        json.Writer.WriteEndArray();
        return json.ToString();
    }

    private string? TextOf(string name)
    {
        var index = _fields.FindIndex(field => field.Is(name));
        return index < 0 ? null : HeaderText.Decode(_fields[index].Value.Span, elsewhere);
    }

    private string Clean(string? text) => StoredText.Clean(text, limits.MaxFieldLength);
}
