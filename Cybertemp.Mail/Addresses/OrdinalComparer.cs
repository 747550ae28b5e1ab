using System.Collections.Frozen;

namespace Cybertemp.Mail.Addresses;

/// <summary>
/// Ordinal comparison. A comparer of its own keeps <see cref="FrozenSet"/> from searching all strings for the part of
/// them that tells them apart, which takes seconds for a million and gains nothing there.
/// </summary>
internal sealed class OrdinalComparer
    : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private static readonly OrdinalComparer Instance = new();

    /// <summary>A set that can be asked with spans.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Freeze(IEnumerable<string> strings) =>
        strings.ToFrozenSet(Instance).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Equals(string? x, string? y) => x == y;

    public int GetHashCode(string obj) => StringComparer.Ordinal.GetHashCode(obj);

    public bool Equals(ReadOnlySpan<char> alternate, string other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate, StringComparison.Ordinal);

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}
