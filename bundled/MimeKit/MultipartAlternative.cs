namespace MimeKit;

public class MultipartAlternative : Multipart
{
    internal MultipartAlternative(EntityArguments args) : base(args) { }

    /// <summary>The last one is the most faithful (RFC 2046 §5.1.4).</summary>
    internal override TextPart? Find(TextFormat format)
    {
        TextPart? found = null;
        for (var index = Count - 1; index >= 0 && found is null; index--)
        {
            found = this[index] is Multipart multipart ? multipart.Find(format) : (this[index] as TextPart)?.As(format);
        }

        return found;
    }
}
