using System.Text;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Html;

namespace Cybertemp.Mail.Mime.Body;

/// <summary>The charset that HTML names itself, in a meta element before its body.</summary>
internal static class HtmlCharset
{
    private const int MaxOctetsLooked = 4096;
    private const string Parameter = "charset=";

    /// <summary>Null when there is none. A meta element that could be read is not UTF-16, whatever it says.</summary>
    public static Charset? Find(ReadOnlySpan<byte> octets)
    {
        var html = Encoding.Latin1.GetString(octets[..Math.Min(octets.Length, MaxOctetsLooked)]);
        if (!html.Contains("charset", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var tokenizer = new HtmlTokenizer(html);
        while (tokenizer.TryRead())
        {
            if (!tokenizer.Text.IsEmpty)
            {
                continue;
            }

            if (tokenizer.Tag.Is("body"))
            {
                return null;
            }

            if (tokenizer.Tag.Is("meta") && Charset.Find(Label(tokenizer.Tag)) is { } charset)
            {
                return charset.IsUtf16 ? Charset.Utf8 : charset;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Label(HtmlTag meta)
    {
        var content = meta.Attribute("content");
        var start = content.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? meta.Attribute("charset") : content[(start + Parameter.Length)..];
    }
}
