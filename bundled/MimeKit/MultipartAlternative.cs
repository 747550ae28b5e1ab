using MimeKit.Parsing;
using MimeKit.Text;

namespace MimeKit;

public class MultipartAlternative : Multipart
{
    internal MultipartAlternative(EntityArguments args)
        : base(args)
    {
    }

    /// <summary>The last one is the most faithful (RFC 2046 §5.1.4).</summary>
    public override bool TryGetValue(TextFormat format, out TextPart? body)
    {
        for (var index = Count - 1; index >= 0; index--)
        {
            if (this[index] is TextPart text && text.IsFormat(format))
            {
                body = text;
                return true;
            }

            if (this[index] is Multipart multipart && multipart.TryGetValue(format, out body))
            {
                return true;
            }
        }

        body = null;
        return false;
    }
}
