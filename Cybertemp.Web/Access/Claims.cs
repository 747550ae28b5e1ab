using Cybertemp.Mail.Inboxes;
using Cybertemp.Web.Database;
using Microsoft.Extensions.Caching.Memory;

namespace Cybertemp.Web.Access;

/// <summary>Knows the bearers of claimed inboxes' tokens. Thread-safe.</summary>
internal sealed class Claims(MailDatabase database) : IDisposable
{
    private const int MaxRemembered = 10_000;

    /// <summary>So long a token outlives its inbox, whose mail nobody is shown any more.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly InboxLeases _leases = new(database.Main);
    private readonly MemoryCache _inboxes = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>The holder that a token is of; null for a token that is not good, or no longer.</summary>
    public async Task<Reader?> FindAsync(string token, CancellationToken ct)
    {
        if (!InboxLeases.IsToken(token))
        {
            return null;
        }

        if (!_inboxes.TryGetValue(token, out string? inbox))
        {
            inbox = await _leases.FindAsync(token, ct);
            _inboxes.Set(
                token, inbox, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });
        }

        return inbox is null ? null : Reader.HolderOf(inbox);
    }

    public void Dispose() => _inboxes.Dispose();
}
