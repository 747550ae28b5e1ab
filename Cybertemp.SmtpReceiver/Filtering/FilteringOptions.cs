using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Filters;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>Which filters are in use. The same keys as Sync has.</summary>
internal sealed class FilteringOptions
{
    public const string Section = "Filters";

    /// <summary>The accepted domains.</summary>
    [ValidateObjectMembers]
    public FilterListOptions Domains { get; set; } = new();

    /// <summary>The banned senders.</summary>
    [ValidateObjectMembers]
    public FilterListOptions Bans { get; set; } = new();

    /// <summary>
    /// The longest time between two looks at the mirror, beside those after an announcement. Default 60 s: the safety
    /// net for a lost announcement.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Neither Redis nor Sync is needed: every domain is accepted and nobody is banned.</summary>
    public bool IsOpen => Domains.Source is FilterSourceKind.Open && Bans.Source is FilterSourceKind.Open;
}
