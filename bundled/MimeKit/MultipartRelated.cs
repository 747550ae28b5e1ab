using MimeKit.Parsing;
using MimeKit.Text;
using MimeKit.Utils;

namespace MimeKit;

public class MultipartRelated : Multipart
{
    internal MultipartRelated(EntityArguments args)
        : base(args)
    {
    }

    /// <summary>What "start" or else "type" names, else the first part (RFC 2387 §3).</summary>
    public MimeEntity? Root => Count == 0 ? null : this[Math.Max(RootIndex(), 0)];

    public override bool TryGetValue(TextFormat format, out TextPart? body)
    {
        switch (Root)
        {
            case TextPart text:
                body = text.IsFormat(format) ? text : null;
                return body is not null;
            case Multipart multipart:
                return multipart.TryGetValue(format, out body);
            default:
                body = null;
                return false;
        }
    }

    private int RootIndex()
    {
        var parts = this.ToList();
        if (ContentType.Parameters["start"] is { } start)
        {
            var contentId = MimeUtils.EnumerateReferences(start).FirstOrDefault() ?? start;
            return parts.FindIndex(part => part.ContentId == contentId);
        }

        return ContentType.Parameters["type"] is { } type
            ? parts.FindIndex(part => part.ContentType.MimeType.Equals(type, StringComparison.OrdinalIgnoreCase))
            : 0;
    }
}
