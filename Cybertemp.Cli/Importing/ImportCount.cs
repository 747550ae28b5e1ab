namespace Cybertemp.Cli.Importing;

/// <summary>What became of a table's rows.</summary>
/// <param name="Read">All of them.</param>
/// <param name="Copied">The others were there already, or are counted below.</param>
/// <param name="Expired">Older than <c>Storage:Retention</c>.</param>
/// <param name="Unusable">Without an address or a time.</param>
internal sealed record ImportCount(int Read, int Copied, int Expired, int Unusable)
{
    public static ImportCount operator +(ImportCount left, ImportCount right) => new(
        left.Read + right.Read, left.Copied + right.Copied, left.Expired + right.Expired,
        left.Unusable + right.Unusable);
}
