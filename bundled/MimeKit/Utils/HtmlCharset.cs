using System.Text;

namespace MimeKit.Utils;

/// <summary>The charset an HTML document declares in a meta element before its body.</summary>
internal static class HtmlCharset
{
    public static Encoding? Find(ReadOnlySpan<byte> html)
    {
        var text = Encoding.Latin1.GetString(html);
        for (var start = text.IndexOf('<', StringComparison.Ordinal); start >= 0; start = text.IndexOf('<', start + 1))
        {
            if (IsTag(text, start, "body") || IsTag(text, start, "/head"))
            {
                return null;
            }

            if (text.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal))
            {
                start = text.IndexOf("-->", start, StringComparison.Ordinal) is var end and >= 0 ? end : text.Length - 1;
            }
            else if (IsTag(text, start, "meta") && FromMeta(text, start + 5) is { } encoding)
            {
                return encoding;
            }
        }

        return null;
    }

    private static bool IsTag(string text, int start, string name) =>
        text.AsSpan(start + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && start + 1 + name.Length < text.Length
        && !char.IsAsciiLetterOrDigit(text[start + 1 + name.Length]);

    private static Encoding? FromMeta(string text, int position)
    {
        string? charset = null, content = null, equivalent = null;
        while (HtmlAttribute.TryRead(text, ref position, out var name, out var value))
        {
            switch (name.ToLowerInvariant())
            {
                case "charset":
                    charset = value.Trim();
                    break;
                case "content":
                    content = value;
                    break;
                case "http-equiv":
                    equivalent = value;
                    break;
            }
        }

        if (charset is null && content is not null
            && "content-type".Equals(equivalent?.Trim(), StringComparison.OrdinalIgnoreCase)
            && ContentType.TryParse(content, out var type))
        {
            charset = type.Charset;
        }

        return charset is null ? null : Charset.Find(charset);
    }
}
