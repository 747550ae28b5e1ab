using System.Text;
using Cybertemp.Mail.Mime.Headers;
using MimeKit;

namespace Cybertemp.Mail.Mime;

/// <summary>The delimiter that a multipart without parts evidently has.</summary>
internal static class DelimiterGuess
{
    private const int MaxBoundaryLength = 200;
    private const int MaxLinesLooked = 100;

    /// <summary>
    /// A header with the boundary that stands in a second Content-Type, or in the lines of the content; or null.
    /// </summary>
    public static byte[]? HeaderFor(Multipart multipart, ReadOnlySpan<byte> content)
    {
        var boundary = InOtherFields(multipart, content) ?? InLines(content);
        return boundary is null
            ? null
            : [
                .. "Content-Type: "u8, .. Encoding.Latin1.GetBytes(multipart.ContentType.MimeType),
                .. "; boundary=\""u8, .. boundary, .. "\"\r\n\r\n"u8];
    }

    private static byte[]? InOtherFields(Multipart multipart, ReadOnlySpan<byte> content)
    {
        foreach (var field in multipart.Headers.Where(header => header.Id == HeaderId.ContentType).Skip(1))
        {
            if (FieldParameter.Find(field.RawValue, "boundary", elsewhere: null) is { } boundary
                && Encoding.UTF8.GetBytes(boundary) is var octets && IsBoundary(octets)
                    && content.IndexOf([.. "--"u8, .. octets]) >= 0)
            {
                return octets;
            }
        }

        return null;
    }

    /// <summary>A line that begins with two hyphens, and the same with two at its end later.</summary>
    private static byte[]? InLines(ReadOnlySpan<byte> content)
    {
        for (var count = 0; count < MaxLinesLooked && !content.IsEmpty; count++)
        {
            var start = content.StartsWith("--"u8) ? 0 : content.IndexOf("\n--"u8) + 1;
            if (start == 0 && !content.StartsWith("--"u8))
            {
                return null;
            }

            var length = content[start..].IndexOf((byte)'\n');
            var line = (length < 0 ? content[start..] : content.Slice(start, length)).TrimEnd(" \t\r"u8);
            content = content[(start + 2)..];
            if (IsBoundary(line[2..]) && content.IndexOf([.. "\n"u8, .. line, .. "--"u8]) >= 0)
            {
                return line[2..].ToArray();
            }
        }

        return null;
    }

    private static bool IsBoundary(ReadOnlySpan<byte> boundary) =>
        boundary.Length is > 0 and <= MaxBoundaryLength && !boundary.ContainsAny(" \t\"\\"u8)
            && Ascii.IsValid(boundary);
}
