namespace MimeKit;

public class Parameter
{
    private List<ParameterSection>? _sections;
    private string? _whole;

    internal Parameter(string name) => Name = name;

    public string Name { get; }

    /// <summary>Joined of its sections (RFC 2231 §3), if there are any; gaps between them do not matter.</summary>
    public string Value => field ??= _sections is null
        ? _whole!
        : Rfc2231Decoder.Decode(_sections.OrderBy(section => section.Number));

    internal void AddSection(ParameterSection section) => (_sections ??= []).Add(section);

    /// <summary>The first one counts, unless a later one is encoded after RFC 2231 §4.</summary>
    internal void AddWhole(ParameterSection value) =>
        _whole = value.IsEncoded ? Rfc2231Decoder.Decode([value]) : _whole ?? value.DecodePlain();
}
