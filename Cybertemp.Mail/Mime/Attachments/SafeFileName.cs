using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cybertemp.Mail.Mime.Attachments;

/// <summary>A name that is one path segment on every system, shows what it is, and is never empty.</summary>
internal static class SafeFileName
{
    private const int MaxLength = 200;
    private const int MaxExtensionLength = 20;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"|?*");

    private static readonly SearchValues<string> Devices = SearchValues.Create(
        [
            "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
            "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Never empty.</summary>
    /// <param name="name">As sent; a path is cut down to its last segment.</param>
    /// <param name="fallback">Used when nothing is left.</param>
    public static string Of(string? name, string fallback)
    {
        var segment = name.AsSpan();
        segment = segment[(segment.LastIndexOfAny('/', '\\') + 1)..];
        var safe = new StringBuilder(Math.Min(segment.Length, MaxLength));
        foreach (var character in segment)
        {
            if (!IsInvisible(character))
            {
                safe.Append(Forbidden.Contains(character) ? '_' : character);
            }
        }

        var trimmed = safe.ToString().Trim().TrimEnd('.', ' ').TrimStart();
        return trimmed.Trim('.').Length == 0 ? fallback : Shorten(IsDevice(trimmed) ? "_" + trimmed : trimmed);
    }

    /// <summary>Controls, and the marks that make "exe.txt" of "txt.exe".</summary>
    private static bool IsInvisible(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return Devices.Contains((dot < 0 ? name : name[..dot]).TrimEnd());
    }

    /// <summary>The extension stays.</summary>
    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && name.Length - dot <= MaxExtensionLength ? name[dot..] : "";
        var end = MaxLength - extension.Length;
        return string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[end - 1]) ? end - 1 : end), extension);
    }
}
