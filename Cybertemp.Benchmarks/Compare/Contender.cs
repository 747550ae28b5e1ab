namespace Cybertemp.Benchmarks.Compare;

/// <summary>A server to be measured.</summary>
/// <param name="Key">What <c>--only</c> calls it.</param>
/// <param name="Name">What the table calls it.</param>
/// <param name="Promise">What its 250 means.</param>
/// <param name="Table">Where PostgreSQL has its rows; null when it stores none there.</param>
/// <param name="StartAsync">
/// Starts it with the connection string of a database of its own; throws what is missing.
/// </param>
internal sealed record Contender(
    string Key, string Name, string Promise, string? Table, Func<string, Task<RunningServer>> StartAsync)
{
    /// <summary>Its 250 comes before the commit: a round ends when the rows are there.</summary>
    public bool IsAheadOfRows { get; init; }
}
