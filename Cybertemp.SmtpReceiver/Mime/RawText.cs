using System.Text;
using System.Text.Unicode;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>Octets of which nothing is known.</summary>
internal static class RawText
{
    /// <summary>UTF-8 when it is valid, else ISO-8859-1; lines end in LF.</summary>
    public static string Decode(ReadOnlySpan<byte> octets) =>
        (Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1).GetString(octets)
        .Replace("\r\n", "\n", StringComparison.Ordinal);
}
