using System.Diagnostics;

namespace Cybertemp.Tests.Documentation;

/// <summary>A kind of span with all that was ever seen on it.</summary>
internal sealed record PublishedSpan(string Name, ActivityKind Kind)
{
    public SortedSet<string> Parents { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Links { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Tags { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Events { get; } = new(StringComparer.Ordinal);
}
