namespace Cybertemp.Web.Html;

/// <summary>Pictures that travel within one mail, as data: addresses, within <see cref="MaxBytes"/> in all.</summary>
internal sealed class InlinePictures(Func<string, ReadOnlyMemory<byte>> part)
{
    /// <summary>Octets, counted as often as a picture is shown, since each place holds a copy.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Different ones: each is looked for in the whole mail.</summary>
    private const int MaxParts = 32;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _parts = new(StringComparer.Ordinal);
    private int _shown;

    /// <summary>Null for a part that is none, is too large, or is one too many.</summary>
    public string? Find(string contentId)
    {
        if (!_parts.TryGetValue(contentId, out var content))
        {
            if (_parts.Count == MaxParts)
            {
                return null;
            }

            content = part(contentId);
            _parts.Add(contentId, content);
        }

        if (content.IsEmpty || _shown + content.Length > MaxBytes)
        {
            return null;
        }

        _shown += content.Length;
        return RasterImage.ToAddress(content.Span);
    }
}
