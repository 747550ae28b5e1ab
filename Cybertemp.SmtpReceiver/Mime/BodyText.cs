using System.Buffers;
using MimeKit;
using MimeKit.Text;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>
/// What a reader is shown. <see cref="Text"/> is not empty when there is anything to read: the text/plain body, else
/// text made of the HTML, else any text, an attached message's text, or the undivided body.
/// </summary>
internal sealed class BodyText
{
    private const int MaxNestedMessages = 3;
    private const int ChunkBytes = 4096;

    /// <summary>Octets that no text has, in any charset that is still in use.</summary>
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(octet => (byte)octet).Except("\t\n\r\f\u001b"u8.ToArray())]);

    private readonly ParseNotes _notes;
    private readonly MimeLimits _limits;

    private BodyText(ParseNotes notes, MimeLimits limits) => (_notes, _limits) = (notes, limits);

    public string Text { get; private set; } = "";

    /// <summary>As sent.</summary>
    public string Html { get; private set; } = "";

    /// <summary>The parts that are shown: all others are attachments.</summary>
    public HashSet<MimeEntity> Shown { get; } = [];

    public static BodyText Of(MimeMessage message, MimeLimits limits, ParseNotes notes)
    {
        var body = new BodyText(notes, limits);
        body.Take(message);
        return body;
    }

    private void Take(MimeMessage message)
    {
        Text = message.TextBody ?? "";
        Html = message.HtmlBody ?? "";
        Show(Find(message.Body, TextFormat.Plain));
        Show(Find(message.Body, TextFormat.Html));
        if (IsBlank(Text) && Html.Length > 0)
        {
            Text = HtmlText.Of(Html, _limits.MaxTextLength);
        }

        if (IsBlank(Text))
        {
            Text = FirstText(message) ?? Undivided(message) ?? Text;
        }
    }

    private static TextPart? Find(MimeEntity? body, TextFormat format) => body switch
    {
        Multipart multipart when multipart.TryGetValue(format, out var text) => text,
        TextPart { IsAttachment: false, IsPlain: true } text when format is TextFormat.Plain => text,
        TextPart { IsAttachment: false, IsHtml: true } text when format is TextFormat.Html => text,
        _ => null,
    };

    private void Show(TextPart? part)
    {
        if (part is not null)
        {
            Shown.Add(part);
        }
    }

    /// <summary>A text elsewhere than where a body belongs; an attached one only when there is no other.</summary>
    private string? FirstText(MimeMessage message)
    {
        var parts = message.BodyParts.Take(_limits.MaxAttachments).ToList();
        var texts = parts.OfType<TextPart>().Where(part => !Shown.Contains(part)).OrderBy(part => part.IsAttachment);
        foreach (var part in texts)
        {
            var text = part.IsHtml ? HtmlText.Of(part.Text, _limits.MaxTextLength) : part.Text;
            if (!IsBlank(text))
            {
                _notes.Add("The text is that of a part that is not the body.");
                return text;
            }
        }

        return FirstNestedText(parts);
    }

    private string? FirstNestedText(List<MimeEntity> parts)
    {
        foreach (var nested in parts.OfType<MessagePart>().Select(part => part.Message).Take(MaxNestedMessages))
        {
            var text = nested?.TextBody ?? (nested?.HtmlBody is { } html ? HtmlText.Of(html, _limits.MaxTextLength) : null);
            if (!IsBlank(text))
            {
                _notes.Add("The text is that of an attached message.");
                return text;
            }
        }

        return null;
    }

    /// <summary>A multipart without parts, or a body whose type is unreadable.</summary>
    private string? Undivided(MimeMessage message)
    {
        switch (message.Body)
        {
            case Multipart { Count: 0, Preamble: { } preamble } when !IsBlank(preamble):
                _notes.Add("The parts of the message could not be told apart.");
                return preamble.Replace("\r\n", "\n", StringComparison.Ordinal);
            case MimePart { IsAttachment: false, Content: { } content }:
                return ReadableText(Beginning(content));

            default:
                return null;
        }
    }

    private string? ReadableText(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty || octets.ContainsAny(Controls))
        {
            return null;
        }

        _notes.Add("The type of the body is not a text type.");
        return RawText.Decode(octets);
    }

    private ReadOnlySpan<byte> Beginning(IMimeContent content)
    {
        using var stream = content.Open();
        using var beginning = new MemoryStream();
        var chunk = new byte[Math.Min(_limits.MaxTextLength, ChunkBytes)];
        for (var count = stream.Read(chunk); count > 0 && beginning.Length < _limits.MaxTextLength; count = stream.Read(chunk))
        {
            beginning.Write(chunk, 0, count);
        }

        return beginning.GetBuffer().AsSpan(0, (int)beginning.Length);
    }

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);
}
