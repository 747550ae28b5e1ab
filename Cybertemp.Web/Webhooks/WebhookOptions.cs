using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Clients;
using Cybertemp.Mail.Schema;

namespace Cybertemp.Web.Webhooks;

/// <summary>How webhooks are told of mail.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Whether this process tells them; any number may. Default true. False leaves it to other replicas, such as some
    /// that no reader reaches.
    /// </summary>
    public bool Deliver { get; set; } = true;

    /// <summary>After this time without an answer an attempt has failed. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests to one webhook at a time, from each process. 1 to 64, default 8.</summary>
    [Range(1, 64)]
    public int MaxRequestsAtOnce { get; set; } = 8;

    /// <summary>
    /// After the first failure of a message this long until the next attempt, twice as long after each further one, an
    /// hour at most, each time from half to one and a half times of it. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What cannot be told for this long is given up, until it is asked for again. Default a day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// While more messages wait for one webhook, it is not told of new mail. Default 1,000,000: some 150 MB of
    /// PostgreSQL's disk.
    /// </summary>
    [Range(1, OutboxBound.MaxWaiting)]
    public int MaxWaiting { get; set; } = 1_000_000;

    /// <summary>The log of attempts, and what was given up, are kept for this long. Default a week.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan LogRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The newest attempts that the log keeps of one webhook. Default 10,000.</summary>
    [Range(0, 10_000_000)]
    public int MaxLogEntries { get; set; } = 10_000;

    /// <summary>
    /// Networks, separated by commas, that webhooks may be in though they are not of the internet: this machine,
    /// private and link-local ones. Default none, since whoever adds a webhook could reach what only this process can.
    /// </summary>
    [NetworkList]
    public string AllowedNetworks { get; set; } = "";
}
