using Cybertemp.Web.Access;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Search;

namespace Cybertemp.Web.Messages;

/// <summary>Which messages of an inbox are asked for.</summary>
/// <param name="Inbox">In normal form; "" for all mail, which only an operator sees.</param>
internal sealed record MessageQuery(Reader Reader, string Inbox)
{
    public const int MaxLimit = 100;
    public const int DefaultLimit = 25;

    /// <summary>Only newer ones than it; null for all.</summary>
    public MessageId? After { get; init; }

    /// <summary>Only older ones than it; null for all.</summary>
    public MessageId? Before { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>How many of the newest are left out: dialects count where this API has cursors.</summary>
    public int Offset { get; init; }

    /// <summary>A part of the sender's name or address, in any case; null for any.</summary>
    public string? From { get; init; }

    /// <summary>A part of the subject, in any case; null for any.</summary>
    public string? Subject { get; init; }

    /// <summary>Of all mail: what an operator searches for.</summary>
    public SearchQuery Search { get; init; } = SearchQuery.All;

    /// <summary>The filters, for a message of this inbox that has just come.</summary>
    public bool Matches(MessageSummary message) =>
        (From is null
            || $"{message.From.Name} {message.From.Address}".Contains(From, StringComparison.OrdinalIgnoreCase))
        && (Subject is null || message.Subject.Contains(Subject, StringComparison.OrdinalIgnoreCase));
}
