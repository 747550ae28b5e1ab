using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

public class ContentType
{
    internal ContentType(string mediaType, string mediaSubtype) => (MediaType, MediaSubtype) = (mediaType, mediaSubtype);

    public string MediaType { get; }

    public string MediaSubtype { get; }

    public string MimeType => field ??= $"{MediaType}/{MediaSubtype}";

    public ParameterList Parameters { get; internal set; } = ParameterList.Empty;

    public string? Charset => Parameters["charset"];

    public string? Name => Parameters["name"];

    public string? Boundary => Parameters["boundary"];

    public string? Format => Parameters["format"];

    /// <summary>Null when there is no charset parameter or no such charset.</summary>
    public Encoding? CharsetEncoding => Charset is { } charset ? Utils.Charset.Find(charset) : null;

    /// <summary>"*" stands for any.</summary>
    public bool IsMimeType(string mediaType, string mediaSubtype) =>
        Matches(mediaType, MediaType) && Matches(mediaSubtype, MediaSubtype);

    /// <summary>False can come with a type whose parameters could not be read.</summary>
    public static bool TryParse(string text, out ContentType type) =>
        ContentTypeParser.TryParse(Encoding.UTF8.GetBytes(text), out type!);

    private static bool Matches(string pattern, string value) =>
        pattern == "*" || pattern.Equals(value, StringComparison.OrdinalIgnoreCase);
}
