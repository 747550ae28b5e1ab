using System.Text;
using MimeKit.Utils;

namespace MimeKit.Parsing;

/// <summary>Joins the sections of RFC 2231 and decodes the values.</summary>
internal sealed class ParameterListBuilder
{
    private readonly List<RawParameter> _parameters = [];
    private Dictionary<string, List<RawParameter>>? _continued;

    public void Add(RawParameter parameter)
    {
        if (parameter.Section is null)
        {
            _parameters.Add(parameter);
            return;
        }

        _continued ??= new Dictionary<string, List<RawParameter>>(StringComparer.OrdinalIgnoreCase);
        if (!_continued.TryGetValue(parameter.Name, out var sections))
        {
            _continued.Add(parameter.Name, sections = []);
            _parameters.Add(parameter);
        }

        sections.Add(parameter);
    }

    /// <summary>The first of a name wins, unless a later one is encoded after RFC 2231.</summary>
    public ParameterList Build()
    {
        var byName = new Dictionary<string, Parameter>(StringComparer.OrdinalIgnoreCase);
        var built = new List<Parameter>(_parameters.Count);
        foreach (var parameter in _parameters)
        {
            var isRfc2231 = parameter.Section is not null || parameter.IsEncoded;
            if (byName.TryGetValue(parameter.Name, out var existing))
            {
                existing.Value = isRfc2231 ? Decode(parameter) : existing.Value;
                continue;
            }

            var added = new Parameter(parameter.Name, Decode(parameter));
            byName.Add(parameter.Name, added);
            built.Add(added);
        }

        return new ParameterList(built);
    }

    private string Decode(RawParameter parameter)
    {
        if (parameter.Section is not null)
        {
            return Rfc2231Decoder.Decode(_continued![parameter.Name].OrderBy(section => section.Section));
        }

        if (parameter.IsEncoded)
        {
            return Rfc2231Decoder.Decode([parameter]);
        }

        return parameter.IsQuoted ? DecodeQuoted(parameter.Value) : DecodePlain(parameter.Value);
    }

    private static string DecodeQuoted(byte[] value)
    {
        var unquoted = HeaderText.Unquote(Scanner.Decode(value), tabsToBlanks: true);
        return unquoted.Contains("=?", StringComparison.Ordinal)
            ? Rfc2047Decoder.Decode(Encoding.UTF8.GetBytes(unquoted))
            : unquoted;
    }

    private static string DecodePlain(ReadOnlySpan<byte> value) =>
        value.IndexOf("=?"u8) < 0 && Ascii.IsValid(value) ? Names.Intern(value) : Rfc2047Decoder.Decode(value);
}
