using System.Buffers;
using Cybertemp.Mail.Mime.Attachments;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Contents;
using Cybertemp.Mail.Mime.Html;
using Cybertemp.Mail.Mime.Winmail;
using MimeKit;

namespace Cybertemp.Mail.Mime.Body;

/// <summary>
/// What a reader is shown. <see cref="Text"/> is not empty when there is anything to read: the texts of the body, else
/// that of a winmail.dat, else any text, an attached message's text, or the undivided body.
/// </summary>
internal sealed class BodyText
{
    private const int MaxNestedMessages = 3;

    /// <summary>Octets that no text has, in any charset that is still in use.</summary>
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create(
            [.. Enumerable.Range(0, 32).Select(octet => (byte)octet).Except("\t\n\r\f\u001b"u8.ToArray())]);

    private readonly EntityTree _tree;
    private readonly DeclaredCharset? _elsewhere;
    private readonly MimeLimits _limits;
    private readonly ParseNotes _notes;
    private readonly DisplayWalk _walk;

    private BodyText(EntityTree tree, DeclaredCharset? elsewhere, MimeLimits limits, ParseNotes notes)
    {
        (_tree, _elsewhere, _limits, _notes) = (tree, elsewhere, limits, notes);
        _walk = new DisplayWalk(elsewhere, limits);
    }

    public string Text { get; private set; } = "";

    /// <summary>As sent when it is one; several with what stands between them.</summary>
    public string Html { get; private set; } = "";

    /// <summary>The leaves that are shown: all others are attachments.</summary>
    public IReadOnlySet<MimeEntity> Shown => _walk.Shown;

    public static BodyText Of(
        EntityTree tree, OpenedWinmail winmail, DeclaredCharset? elsewhere, MimeLimits limits, ParseNotes notes)
    {
        var body = new BodyText(tree, elsewhere, limits, notes);
        var display = body._walk.Walk(tree.Body);
        body.Take(display.IsEmpty ? InWinmail(winmail) : display);
        if (IsBlank(body.Text))
        {
            body.Text = body.FirstText() ?? body.FirstNestedText() ?? body.Undivided() ?? body.Text;
        }

        return body;
    }

    private void Take(Display display)
    {
        Text = JoinedTexts.Plain(display.Text, _limits.MaxTextLength);
        Html = display.HasHtml ? JoinedTexts.Html(display.Html) : "";
    }

    private static Display InWinmail(OpenedWinmail winmail)
    {
        var display = Display.Empty();
        foreach (var message in winmail.Messages)
        {
            var text = IsBlank(message.Text) ? Display.Empty() : Display.Of(new TextLeaf(message.Text, IsHtml: false));
            var html = IsBlank(message.Html) ? text : Display.Of(new TextLeaf(message.Html, IsHtml: true));
            display.Append(new Display((text.IsEmpty ? html : text).Text, html.Html));
        }

        return display;
    }

    /// <summary>A text elsewhere than where a body belongs; an attached one only when there is no other.</summary>
    private string? FirstText()
    {
        var texts = _tree.Leaves.OfType<TextPart>().Where(part => !Shown.Contains(part)).ToList();
        foreach (var part in texts.Where(part => !part.IsAttachment).Concat(texts.Where(part => part.IsAttachment)))
        {
            var text = PartText.Read(part, _elsewhere, _limits);
            text = part.IsHtml ? HtmlText.Of(text, _limits.MaxTextLength)
                : part.ContentType.IsMimeType("text", "calendar") ? CalendarEvent.Describe(text) ?? text
                : text;
            if (!IsBlank(text))
            {
                _notes.Add("The text is that of a part that is not the body.");
                return text;
            }
        }

        return null;
    }

    private string? FirstNestedText()
    {
        foreach (var nested in _tree.Leaves.OfType<MessagePart>().Take(MaxNestedMessages))
        {
            // What has no header is no mail: its first lines would be missing.
            var body = nested.Message is { Headers.Count: > 0 } message ? message.Body : null;
            var text = JoinedTexts.Plain(new DisplayWalk(_elsewhere, _limits).Walk(body).Text, _limits.MaxTextLength);
            text = IsBlank(text) ? Lines(_tree.OctetsOf(nested).Span) : text;
            if (!IsBlank(text))
            {
                _notes.Add("The text is that of an attached message.");
                return text;
            }
        }

        return null;
    }

    /// <summary>A multipart without parts, or a body whose type is unreadable.</summary>
    private string? Undivided()
    {
        switch (_tree.Body)
        {
            case Multipart { Count: 0 } multipart:
                _notes.Add("The parts of the message could not be told apart.");
                return Lines(_tree.OctetsOf(multipart).Span);
            case MimePart { IsAttachment: false } part when !Shown.Contains(part):
                var octets = PartContent.Decode(part, _limits.MaxTextLength);
                if (octets.IsEmpty || octets.ContainsAny(Controls))
                {
                    return null;
                }

                _notes.Add("The type of the body is not a text type.");
                return Lines(octets);
            default:
                return null;
        }
    }

    private string Lines(ReadOnlySpan<byte> octets) =>
        OctetText.DecodeLines(octets, declared: null, _elsewhere);

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);
}
