using System.Collections;

namespace MimeKit;

public class ParameterList : IEnumerable<Parameter>
{
    internal static readonly ParameterList Empty = new();

    private readonly List<ParameterSection> _sections = new(capacity: 1);

    /// <summary>Null when there is none of the name.</summary>
    public string? this[string name] => Join(CollectionsMarshal.AsSpan(_sections), name);

    public IEnumerator<Parameter> GetEnumerator() => _sections
        .GroupBy(section => section.Name, StringComparer.OrdinalIgnoreCase)
        .Select(group => new Parameter(group.Key, Join(group.ToArray(), group.Key)!))
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(ParameterSection section) => _sections.Add(section);

    /// <summary>Numbered sections after the last encoded whole value (RFC 2231 §4) count, else that, else the first whole value.</summary>
    private static string? Join(ReadOnlySpan<ParameterSection> sections, string name)
    {
        ParameterSection? whole = null;
        List<ParameterSection>? numbered = null;
        foreach (var section in sections)
        {
            if (!section.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (section.IsNumbered)
            {
                (numbered ??= []).Add(section);
            }
            else if (whole is null || section.IsEncoded)
            {
                (whole, numbered) = (section, section.IsEncoded ? null : numbered);
            }
        }

        return numbered is null ? whole?.Decode() : Rfc2231Decoder.Decode(numbered.OrderBy(section => section.Number));
    }
}
