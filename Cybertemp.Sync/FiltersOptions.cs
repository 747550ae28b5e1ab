using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Filters;
using Microsoft.Extensions.Options;

namespace Cybertemp.Sync;

/// <summary>Which filters are mirrored, and how often their sources are asked.</summary>
internal sealed class FiltersOptions
{
    public const string Section = "Filters";

    /// <summary>The accepted domains.</summary>
    [ValidateObjectMembers]
    public FilterListOptions Domains { get; set; } = new();

    /// <summary>The banned senders.</summary>
    [ValidateObjectMembers]
    public FilterListOptions Bans { get; set; } = new();

    /// <summary>Where blocked addresses and prefixes are.</summary>
    public FilterSourceKind RecipientSource => FilterListOptions.OfRecipients(Domains.Source, Bans.Source);

    /// <summary>
    /// The longest time between two full reads of the sources, beside those that a change triggers. Default 60 s: the
    /// safety net for a lost notification.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The shortest time between two reads of the sources; changes in between are taken together. Default 100 ms: what
    /// a second change right after a first may wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MinReloadInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After this time a read has failed. Default 30 s, Npgsql's command timeout.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Domains inserted into an empty <c>domains</c> table of the own database at start. Default none; the local stack
    /// sets its own.
    /// </summary>
    public IList<string> SeedDomains { get; set; } = [];
}
