namespace Cybertemp.Web.Html;

/// <summary>The pictures that a browser draws without running anything of theirs: PNG, JPEG, GIF and WebP.</summary>
internal static class RasterImage
{
    /// <summary>Octets of one picture within a page.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The media type that the octets themselves show; null for all else, whatever the mail calls it.
    /// </summary>
    public static string? TypeOf(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "image/webp",
        _ => null,
    };

    /// <summary>As a data: address; null for what is no such picture or has more than <see cref="MaxBytes"/>.</summary>
    public static string? ToAddress(ReadOnlySpan<byte> content) =>
        content.Length <= MaxBytes && TypeOf(content) is { } type
            ? $"data:{type};base64,{Convert.ToBase64String(content)}"
            : null;

    /// <summary>
    /// Whether a data: address of a mail holds such a picture; its length is bounded by what reads it.
    /// </summary>
    public static bool IsAddress(string address)
    {
        const string Marker = ";base64,";
        var at = address.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (!address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || at < 0)
        {
            return false;
        }

        Span<byte> start = stackalloc byte[12];
        var encoded = address.AsSpan(at + Marker.Length);
        return Convert.TryFromBase64Chars(encoded[..Math.Min(16, encoded.Length)], start, out var length)
            && TypeOf(start[..length]) is { } type
            && address.AsSpan(5, at - 5).Equals(type, StringComparison.OrdinalIgnoreCase);
    }
}
