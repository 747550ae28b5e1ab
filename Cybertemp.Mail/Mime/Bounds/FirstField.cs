using System.Buffers;

namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>
/// Where a message begins: a byte order mark and lines that are no field may stand before its first field.
/// </summary>
internal static class FirstField
{
    private const int MaxLinesBefore = 8;

    private static readonly SearchValues<byte> NameOctets =
        SearchValues.Create(
            [.. Enumerable.Range(33, 94).Select(octet => (byte)octet).Where(octet => octet != (byte)':')]);

    /// <summary>
    /// The octets from the first field on. Lines before it are only skipped when a header of a mail follows them, else
    /// they are the text.
    /// </summary>
    public static ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> content, ParseNotes notes)
    {
        content = content.Span.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content;
        if (content.IsEmpty || BeginsWithField(content.Span))
        {
            return content;
        }

        var rest = content;
        for (var count = 0; count < MaxLinesBefore && !rest.IsEmpty; count++)
        {
            rest = rest[(rest.Span.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : rest.Length)..];
            if (BeginsWithField(rest.Span) && IsHeaderOfMail(rest.Span))
            {
                notes.Add("Lines before the first header field were ignored.");
                return rest;
            }
        }

        return content;
    }

    private static bool BeginsWithField(ReadOnlySpan<byte> text)
    {
        var name = text.IndexOfAnyExcept(NameOctets);
        var rest = name > 0 ? text[name..].TrimStart(" \t"u8) : [];
        return rest is [(byte)':', ..]
            || (rest is [(byte)'\n', (byte)' ' or (byte)'\t', ..]
                    or [(byte)'\r', (byte)'\n', (byte)' ' or (byte)'\t', ..]
                && rest.TrimStart(" \t\r\n"u8) is [(byte)':', ..]);
    }

    private static bool IsHeaderOfMail(ReadOnlySpan<byte> text)
    {
        while (BeginsWithField(text) || text is [(byte)' ' or (byte)'\t', ..])
        {
            var length = text.IndexOf((byte)'\n') + 1;
            var field = new HeaderField(length == 0 ? text : text[..length]);
            if (field.IsImportant || field.Is("received"u8) || field.Is("return-path"u8) || field.Is("delivered-to"u8))
            {
                return true;
            }

            text = length == 0 ? [] : text[length..];
        }

        return false;
    }
}
