namespace MimeKit.Parsing;

/// <summary>The delimiters (RFC 2046 §5.1.1) of the multiparts that are open, innermost last.</summary>
internal sealed class BoundaryStack
{
    private readonly List<byte[]> _delimiters = [];

    public bool IsEmpty => _delimiters.Count == 0;

    public void Push(string boundary) => _delimiters.Add(Encoding.UTF8.GetBytes("--" + boundary));

    public void Pop() => _delimiters.RemoveAt(_delimiters.Count - 1);

    /// <summary>Whose delimiter a line, without its LF, is.</summary>
    public BoundaryKind Match(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("--"u8))
        {
            return BoundaryKind.None;
        }

        for (var index = _delimiters.Count - 1; index >= 0; index--)
        {
            WorkMeter.Add(1);
            if (line.StartsWith(_delimiters[index]) && MatchTail(line[_delimiters[index].Length..]) is var kind
                && kind is not BoundaryKind.None)
            {
                return index == _delimiters.Count - 1 ? kind : BoundaryKind.Parent;
            }
        }

        return BoundaryKind.None;
    }

    private static BoundaryKind MatchTail(ReadOnlySpan<byte> tail)
    {
        var isEnd = tail.StartsWith("--"u8);
        return (isEnd ? tail[2..] : tail).ContainsAnyExcept(Octets.WhiteSpaceOctets)
            ? BoundaryKind.None
            : isEnd ? BoundaryKind.ImmediateEnd : BoundaryKind.Immediate;
    }
}
