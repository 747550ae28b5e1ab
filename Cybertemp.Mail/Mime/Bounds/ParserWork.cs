namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>
/// What the parser may still be asked to do, in units of about half a microsecond and 256 bytes: what a header field
/// costs.
/// </summary>
internal sealed class ParserWork(MimeLimits limits, int octets)
{
    private const int Field = 1;
    private const int Parameter = 2;
    private const int PlainSection = 20;
    private const int Part = 7;
    private const int Message = 24;
    private const long FreeComparisons = 10_000;

    private readonly int _maxDepth = limits.MaxDepth;
    private int _left = limits.MinParserWork + (octets / limits.OctetsPerParserWork);
    private long _comparisons = FreeComparisons + ((long)octets * limits.ComparisonsPerOctet);

    public bool TrySpendOnPart(bool isMessage) => TrySpend(isMessage ? Message : Part);

    public bool TrySpendOnField(int parameters, int plainSections) =>
        TrySpend(Field + (parameters * Parameter) + (plainSections * PlainSection));

    /// <summary>
    /// The parser compares a line that begins with two hyphens with the boundary of each multipart around it.
    /// </summary>
    public bool TryCompare(int line, int boundaries)
    {
        _comparisons -= Math.Min(boundaries, _maxDepth) * (1L + (line / 16));
        return _comparisons >= 0;
    }

    /// <summary>Once too much is asked for, nothing is left.</summary>
    private bool TrySpend(int cost)
    {
        var isLeft = cost <= _left;
        _left = isLeft ? _left - cost : 0;
        return isLeft;
    }
}
