using System.Buffers;

namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>
/// The boundaries that header fields have named so far. A line is taken for a delimiter when it may be one: what the
/// parser takes for a delimiter always is one here.
/// </summary>
internal sealed class Delimiters
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private const int MaxLooked = 16;

    private readonly HashSet<int> _boundaries = [];

    /// <summary>How often a field named one: multiparts may have the same.</summary>
    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> boundary)
    {
        _boundaries.Add(Hash(boundary));
        Count++;
    }

    /// <summary>May <paramref name="line"/>, two hyphens and all, begin a part or end a multipart?</summary>
    public bool Contains(ReadOnlySpan<byte> line) => BeginsPart(line) || EndsMultipart(line);

    public bool BeginsPart(ReadOnlySpan<byte> line) => _boundaries.Contains(Hash(NameOf(line)));

    /// <summary>
    /// Is the end of a header line one? The parser takes it for that when its buffer happens to begin there. With many
    /// hyphens nobody looks.
    /// </summary>
    public bool MayEnd(ReadOnlySpan<byte> line)
    {
        for (var looked = 0; Count > 0 && line.IndexOf("--"u8) is var start and >= 0; looked++)
        {
            line = line[start..];
            if (looked == MaxLooked || Contains(line))
            {
                return true;
            }

            line = line[1..];
        }

        return false;
    }

    private bool EndsMultipart(ReadOnlySpan<byte> line) =>
        NameOf(line) is [.. var name, (byte)'-', (byte)'-'] && _boundaries.Contains(Hash(name));

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> line) =>
        line[2..(line.LastIndexOfAnyExcept(Blanks) + 1)];

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
