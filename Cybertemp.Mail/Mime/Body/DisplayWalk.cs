using Cybertemp.Mail.Mime.Charsets;
using MimeKit;

namespace Cybertemp.Mail.Mime.Body;

/// <summary>
/// Walks a tree of parts in the order in which they are displayed (RFC 2046 §5.1): all texts of a multipart, but one of
/// the children of an alternative.
/// </summary>
internal sealed class DisplayWalk(DeclaredCharset? elsewhere, MimeLimits limits)
{
    /// <summary>The leaves that are shown, or another of the same alternative in their place, and blank ones.</summary>
    public HashSet<MimeEntity> Shown { get; } = [];

    public Display Walk(MimeEntity? entity)
    {
        switch (entity)
        {
            case MultipartAlternative alternative:
                return Choose(alternative);
            case Multipart multipart:
                var all = Display.Empty();
                foreach (var child in multipart)
                {
                    all.Append(Walk(child));
                }

                return all;
            case TextPart { IsPlain: true } or TextPart { IsHtml: true } when IsInline((TextPart)entity):
                return Read((TextPart)entity);
            default:
                return Display.Empty();
        }
    }

    /// <summary>HTML from the last child that has any, text from the last that has nothing else.</summary>
    private Display Choose(MultipartAlternative alternative)
    {
        var children = alternative.Select(Walk).ToList();
        var html = children.FindLast(child => child.HasHtml);
        var text = children.FindLast(child => !child.IsEmpty && !child.HasHtml);
        if (html is null && text is null)
        {
            return Display.Empty();
        }

        Shown.UnionWith(alternative.OfType<TextPart>().Where(IsOtherForm));
        return html is null ? text! : new Display((text ?? html).Text, html.Html);
    }

    /// <summary>Enriched text and its like; an invitation is something of its own.</summary>
    private static bool IsOtherForm(TextPart part) =>
        IsInline(part) && !part.ContentType.IsMimeType("text", "calendar");

    private Display Read(TextPart part)
    {
        Shown.Add(part);
        var text = PartText.Read(part, elsewhere, limits);
        return string.IsNullOrWhiteSpace(text) ? Display.Empty() : Display.Of(new TextLeaf(text, part.IsHtml));
    }

    /// <summary>A name alone makes an attachment, a disposition but "attachment" alone does not.</summary>
    private static bool IsInline(TextPart part) => !part.IsAttachment
        && (part.FileName is null
            || "inline".Equals(part.ContentDisposition?.Disposition, StringComparison.OrdinalIgnoreCase));
}
