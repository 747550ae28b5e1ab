namespace Cybertemp.Cli.Explaining;

/// <summary>What the receiver says of one address of the envelope.</summary>
/// <param name="Address">In normal form; as given when it has none.</param>
/// <param name="Reply">As a client gets it.</param>
/// <param name="Reason">For the operator: which rule decides.</param>
internal sealed record ExplainedAddress(string Address, string Reply, string Reason)
{
    public bool IsPositive => Reply[0] == '2';
}
