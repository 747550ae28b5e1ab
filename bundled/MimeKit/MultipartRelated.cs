namespace MimeKit;

public class MultipartRelated : Multipart
{
    internal MultipartRelated(EntityArguments args) : base(args) { }

    /// <summary>What "start" or else "type" names, else the first part (RFC 2387 §3).</summary>
    public MimeEntity? Root => Count == 0 ? null : this[Math.Max(RootIndex(), 0)];

    internal override TextPart? Find(TextFormat format) =>
        Root is Multipart multipart ? multipart.Find(format) : (Root as TextPart)?.As(format);

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
