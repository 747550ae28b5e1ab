using System.Text;

namespace MimeKit.Parsing;

/// <summary>Strings that nearly every message has, without allocating them again.</summary>
internal static class Names
{
    private static readonly string[] Common =
    [
        "text", "plain", "html", "multipart", "mixed", "alternative", "related", "application", "octet-stream", "image",
        "png", "jpeg", "gif", "pdf", "message", "rfc822", "charset", "boundary", "name", "filename", "utf-8", "UTF-8",
        "us-ascii", "iso-8859-1", "attachment", "inline", "format", "flowed",
    ];

    public static string Intern(ReadOnlySpan<byte> ascii)
    {
        foreach (var name in Common)
        {
            if (name.Length == ascii.Length && Ascii.Equals(ascii, name))
            {
                return name;
            }
        }

        return Encoding.Latin1.GetString(ascii);
    }
}
