using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Cybertemp.Mail.Mime.Charsets;

/// <summary>How octets are characters. Immutable; never throws: octets that mean nothing become U+FFFD.</summary>
internal sealed class Charset
{
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create(" \t;,\"'");

    private const int MaxLabelLength = 64;

    private static readonly DecoderReplacementFallback Undefined = new("\uFFFD");

    private static readonly FrozenDictionary<string, Charset> ByLabel = CreateLabels();

    private static readonly FrozenDictionary<string, Charset>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByLabel.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Encoding _encoding;
    private readonly string? _table;

    private Charset(int codePage)
    {
        CodePage = codePage;
        _table = SingleByteTable.Of(codePage);
        _encoding = _table is null
            ? CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, Undefined)
                ?? Encoding.GetEncoding(codePage)
            : Encoding.Latin1;
    }

    public static Charset Utf8 { get; } = ByLabel["utf-8"];

    public static Charset Utf16 { get; } = ByLabel["utf-16le"];

    public static Charset Utf16BigEndian { get; } = ByLabel["utf-16be"];

    public static Charset Windows1252 { get; } = ByLabel["windows-1252"];

    public static Charset Iso2022Jp { get; } = ByLabel["iso-2022-jp"];

    /// <summary>Of .NET, or a number of ours where it has none.</summary>
    public int CodePage { get; }

    /// <summary>Octets below 128 are not always ASCII.</summary>
    public bool IsStateful => CodePage is CharsetLabels.Iso2022Jp or 50225 or 52936;

    public bool IsUtf16 => CodePage is CharsetLabels.Utf16 or CharsetLabels.Utf16BigEndian;

    /// <summary>
    /// Null when nobody knows the label: quotes, blanks and case are overlooked, then all but letters and digits.
    /// </summary>
    public static Charset? Find(ReadOnlySpan<char> label)
    {
        label = label.Trim(" \t\"'");
        var end = label.IndexOfAny(LabelEnds);
        label = end < 0 ? label : label[..end];
        if (label.IsEmpty || label.Length > MaxLabelLength)
        {
            return null;
        }

        return Lookup.TryGetValue(label, out var charset) || Lookup.TryGetValue(Squeeze(label), out charset)
            ? charset
            : CodePagesEncodingProvider.Instance.GetEncoding(label.ToString()) is { } encoding
                ? new Charset(encoding.CodePage)
                : null;
    }

    /// <summary>Null when .NET does not know the code page.</summary>
    public static Charset? Of(int codePage) => ByLabel.Values.FirstOrDefault(charset => charset.CodePage == codePage)
        ?? (CodePagesEncodingProvider.Instance.GetEncoding(codePage) is null ? null : new Charset(codePage));

    public string GetString(ReadOnlySpan<byte> octets) => _table is null
        ? _encoding.GetString(octets)
        : string.Create(octets.Length, new Octets(octets, _table), static (text, source) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                var octet = source.Span[index];
                text[index] = octet < 128 ? (char)octet : source.Table[octet - 128];
            }
        });

    /// <summary>"iso_8859-1" and "ISO 8859 1", "win-1251" and "windows1251" are one.</summary>
    private static string Squeeze(ReadOnlySpan<char> label)
    {
        var squeezed = string.Concat(label.ToString().Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return squeezed.StartsWith("win1", StringComparison.Ordinal) ? $"windows{squeezed[3..]}" : squeezed;
    }

    private static FrozenDictionary<string, Charset> CreateLabels()
    {
        var charsets = CharsetLabels.Rows.Select(row => row.CodePage).Distinct()
            .ToDictionary(page => page, page => new Charset(page));
        var labels = new Dictionary<string, Charset>(StringComparer.OrdinalIgnoreCase);
        foreach (var (codePage, row) in CharsetLabels.Rows)
        {
            foreach (var label in row.Split(' '))
            {
                labels.Add(label, charsets[codePage]);
            }
        }

        foreach (var (label, charset) in labels.ToList())
        {
            labels.TryAdd(Squeeze(label), charset);
        }

        return labels.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private readonly ref struct Octets(ReadOnlySpan<byte> span, string table)
    {
        public readonly ReadOnlySpan<byte> Span = span;
        public readonly string Table = table;
    }
}
