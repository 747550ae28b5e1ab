using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;
using Microsoft.Extensions.Options;

namespace Cybertemp.Sync.Sources;

/// <summary>
/// Reads the lists and compiles them. A list whose source fails keeps its last rows. Not thread-safe.
/// </summary>
internal sealed partial class RuleLoader(
    IOptions<FiltersOptions> options,
    ILogger<RuleLoader> logger,
    IRowSource<DomainRow>? domainSource = null,
    IRowSource<BanRow>? banSource = null,
    IRowSource<BlockedRow>? blockedSource = null,
    IRowSource<PrefixRow>? prefixSource = null)
{
    private readonly SourceState<DomainRow> _domains = new("domains", domainSource, options.Value.ReadTimeout, logger);
    private readonly SourceState<BanRow> _bans = new("bans", banSource, options.Value.ReadTimeout, logger);
    private readonly SourceState<BlockedRow> _blocked =
        new("blocked addresses", blockedSource, options.Value.ReadTimeout, logger);

    private readonly SourceState<PrefixRow> _prefixes =
        new("prefixes", prefixSource, options.Value.ReadTimeout, logger);

    private bool _hadDomains;
    private bool _isEmptySuspected;
    private IReadOnlyList<string> _unreadable = [];

    public bool IsFailing =>
        _domains.IsFailing || _bans.IsFailing || _blocked.IsFailing || _prefixes.IsFailing;

    private bool IsLoaded => _domains.IsLoaded && _bans.IsLoaded && _blocked.IsLoaded && _prefixes.IsLoaded;

    /// <summary>Null until each list has been read once.</summary>
    public FilterRules? Rules { get; private set; }

    /// <summary>
    /// Tells what is in force already, so that a mistaken empty list is caught right after a start too.
    /// </summary>
    public void Adopt(bool hasDomains) => _hadDomains |= hasDomains;

    /// <summary>Reads the lists; failures are states, not exceptions.</summary>
    /// <param name="isPoll">Only a poll confirms that a list of domains has become empty.</param>
    public async Task LoadAsync(bool isPoll, CancellationToken ct)
    {
        await Task.WhenAll(
            _domains.ReadAsync(rows => IsAcceptable(rows, isPoll), ct),
            _bans.ReadAsync(static _ => true, ct),
            _blocked.ReadAsync(static _ => true, ct),
            _prefixes.ReadAsync(static _ => true, ct));
        if (IsLoaded)
        {
            Rules = RuleCompiler.Compile(
                _domains.Rows,
                _bans.Rows,
                new RecipientRows(_blocked.Rows ?? [], _prefixes.Rows ?? []),
                out var unreadable);
            ReportUnreadable(unreadable);
        }
    }

    private bool IsAcceptable(IReadOnlyList<DomainRow> rows, bool isPoll)
    {
        if (rows.Count == 0 && _hadDomains && !(_isEmptySuspected && isPoll))
        {
            _isEmptySuspected = true;
            LogEmptySuspected();
            return false;
        }

        (_hadDomains, _isEmptySuspected) = (rows.Count > 0, false);
        return true;
    }

    private void ReportUnreadable(IReadOnlyList<string> unreadable)
    {
        if (unreadable.Count > 0 && !unreadable.SequenceEqual(_unreadable, StringComparer.Ordinal))
        {
            LogUnreadable(unreadable.Count, unreadable[0]);
        }

        _unreadable = unreadable;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The list of domains is empty all at once: the last one stays until the next poll confirms it")]
    private partial void LogEmptySuspected();

    [LoggerMessage(
        LogLevel.Warning,
        "{RowCount} rows of domains, bans, blocked addresses or prefixes are not readable as rules and were left out; "
            + "the first has id {Id}")]
    private partial void LogUnreadable(int rowCount, string id);
}
