using System.Text;
using MimeKit.Utils;

namespace MimeKit.Parsing;

/// <summary>Decodes parameters and joins the sections of RFC 2231.</summary>
internal ref struct ParameterListBuilder()
{
    private readonly ParameterList _parameters = new();
    private Dictionary<string, List<ParameterSection>>? _continued;

    /// <summary>The first of a name wins, unless a later one is encoded after RFC 2231 §4.</summary>
    public readonly void Add(string name, bool isEncoded, ReadOnlySpan<byte> value)
    {
        var existing = _parameters.Find(name);
        if (existing is null)
        {
            _parameters.Add(new Parameter(name, Decode(isEncoded, value)));
        }
        else if (isEncoded)
        {
            existing.Value = Decode(isEncoded, value);
        }
    }

    public void AddSection(string name, ParameterSection section)
    {
        _continued ??= new Dictionary<string, List<ParameterSection>>(StringComparer.OrdinalIgnoreCase);
        if (!_continued.TryGetValue(name, out var sections))
        {
            _continued.Add(name, sections = []);
            if (_parameters.Find(name) is null)
            {
                _parameters.Add(new Parameter(name, ""));
            }
        }

        sections.Add(section);
    }

    public readonly ParameterList Build()
    {
        foreach (var (name, sections) in _continued ?? [])
        {
            _parameters.Find(name)!.Value = Rfc2231Decoder.Decode(sections.OrderBy(section => section.Number));
        }

        return _parameters;
    }

    private static string Decode(bool isEncoded, ReadOnlySpan<byte> value)
    {
        if (isEncoded)
        {
            return Rfc2231Decoder.Decode([new ParameterSection(0, IsEncoded: true, value.ToArray())]);
        }

        return value.Length >= 2 && value[0] == '"' ? DecodeQuoted(value) : DecodePlain(value);
    }

    private static string DecodeQuoted(ReadOnlySpan<byte> value)
    {
        var unquoted = HeaderText.Unquote(Scanner.Decode(value), tabsToBlanks: true);
        return unquoted.Contains("=?", StringComparison.Ordinal)
            ? Rfc2047Decoder.Decode(Encoding.UTF8.GetBytes(unquoted))
            : unquoted;
    }

    private static string DecodePlain(ReadOnlySpan<byte> value) =>
        value.IndexOf("=?"u8) < 0 && Ascii.IsValid(value) ? Names.Intern(value) : Rfc2047Decoder.Decode(value);
}
