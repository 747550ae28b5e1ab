namespace Cybertemp.Mail.Filters;

/// <summary>
/// A lookup structure and the rules that it was built from. Most versions change one list: the structures of the others
/// are taken over, so that a ban takes effect as fast beside a million rules as beside ten.
/// </summary>
internal sealed class FilterTable<T>
{
    private readonly IReadOnlyList<string> _rules;

    private FilterTable(IReadOnlyList<string> rules, T lookup)
    {
        _rules = rules;
        Lookup = lookup;
    }

    public T Lookup { get; }

    /// <summary>The table of the previous version when the rules are the same, otherwise a new one.</summary>
    public static FilterTable<T> Create(
        IReadOnlyList<string> rules, FilterTable<T>? previous, Func<IReadOnlyList<string>, T> build) =>
        previous is not null && previous._rules.Count == rules.Count
            && previous._rules.SequenceEqual(rules, StringComparer.Ordinal)
            ? previous
            : new FilterTable<T>(rules, build(rules));
}
