using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Inboxes;

/// <summary>Gives addresses an end, and a token that alone opens them. Thread-safe.</summary>
internal sealed class Leasing(
    InboxLeases leases, ReservedLocalParts reserved, RequestLimits limits, IOptions<WebOptions> options)
{
    private const int MinSeconds = 60;

    /// <summary>Either the inbox, or why it is not given.</summary>
    /// <param name="context">Who asks is counted.</param>
    /// <param name="wanted">With an end, a claim or both.</param>
    /// <param name="address">In normal form.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    public async Task<(InboxName? Inbox, Problem? Problem)> AddAsync(
        HttpContext context, NewInbox wanted, Mailbox address, CancellationToken ct)
    {
        var lifetime = options.Value.MaxInboxLifetime;
        if (wanted.Ttl is { } seconds && !TryRead(seconds, out lifetime))
        {
            return (null, Problem.MalformedTtl);
        }

        if (limits.RefuseInbox(context) is { } refusal)
        {
            return (null, refusal);
        }

        var (name, token) = ($"{address}", wanted.Claim ? InboxLeases.CreateToken() : null);
        return !reserved.Contains(address) && await leases.AddAsync(name, token, lifetime, ct) is { } end
            ? (new InboxName(name, end, token), null)
            : (null, Problem.AddressTaken);
    }

    /// <summary>Either the inbox with its new end, or why it has none.</summary>
    /// <param name="reader">The bearer of the inbox's token, or an operator.</param>
    /// <param name="inbox">In normal form.</param>
    /// <param name="seconds">From now on.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    public async Task<(InboxName? Inbox, Problem? Problem)> ExtendAsync(
        Reader reader, string inbox, int seconds, CancellationToken ct) =>
        !Holds(reader, inbox) ? (null, Problem.HoldersOnly)
        : !TryRead(seconds, out var lifetime) ? (null, Problem.MalformedTtl)
        : await leases.ExtendAsync(inbox, lifetime, ct) is { } end ? (new InboxName(inbox, end), null)
        : (null, Problem.HoldersOnly);

    /// <summary>Ends an inbox; null when that is done.</summary>
    /// <param name="reader">The bearer of the inbox's token, or an operator.</param>
    /// <param name="inbox">In normal form.</param>
    /// <param name="ct">Leaves it as it was, or done.</param>
    public async Task<Problem?> EndAsync(Reader reader, string inbox, CancellationToken ct) =>
        Holds(reader, inbox) && await leases.EndAsync(inbox, ct) ? null : Problem.HoldersOnly;

    private static bool Holds(Reader reader, string inbox) =>
        reader.In(inbox).Kind is ReaderKind.Holder or ReaderKind.Operator;

    private bool TryRead(int seconds, out TimeSpan lifetime)
    {
        lifetime = TimeSpan.FromSeconds(seconds);
        return seconds >= MinSeconds && lifetime <= options.Value.MaxInboxLifetime;
    }
}
