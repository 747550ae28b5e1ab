using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>Of each inbox one reader who streams and one who waits, spread over the webs.</summary>
internal sealed class FleetReaders : IAsyncDisposable
{
    private readonly FleetReader[] _readers;

    private FleetReaders(FleetReader[] readers) => _readers = readers;

    /// <summary>Completes when all that comes has to be told.</summary>
    /// <param name="inboxes">That are read.</param>
    /// <param name="webs">Of the build.</param>
    /// <param name="build">
    /// An old one may have waits that leave out what comes out of order, and streams that do not make up for it.
    /// </param>
    public static async Task<FleetReaders> StartAsync(
        IEnumerable<string> inboxes, IReadOnlyList<Uri> webs, ServiceBuild build)
    {
        var isOld = build != ServiceBuild.Present;
        var readers = new FleetReaders([.. inboxes.SelectMany(i => (FleetReader[])
        [
            FleetReader.Streaming(i, webs, listsAnew: isOld),
            .. isOld ? [] : (FleetReader[])[FleetReader.Waiting(i, webs)],
        ])]);
        await Eventually.TrueAsync(() => readers._readers.All(static r => r.Listening.IsCompleted));
        return readers;
    }

    /// <summary>From then on each has a cursor to go on from.</summary>
    public Task WaitUntilEachWasToldAsync() => Eventually.TrueAsync(() => _readers.All(static r => r.Told.Count > 0));

    /// <summary>Completes when every reader was told of all mail to its inbox.</summary>
    public async Task WaitUntilToldAsync(IReadOnlyCollection<SentMail> mails)
    {
        try
        {
            await Eventually.TrueAsync(() => Missing(mails).Count == 0);
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Never told: {string.Join(", ", Missing(mails).Take(20))} of {mails.Count}; {this}");
        }
    }

    /// <summary>The longest time from a message's 250 to when a reader of its inbox was told.</summary>
    public TimeSpan LatestOf(IReadOnlyCollection<SentMail> mails) => mails.Max(
        m => _readers.Where(r => r.Inbox == m.Inbox).Max(r => r.Told[m.Subject].FirstAt) - m.StartedAt - m.Took);

    public override string ToString() =>
        $"{_readers.Length} readers with {_readers.Sum(static r => r.Interruptions)} interruptions were told "
            + $"{_readers.Sum(static r => r.Told.Count)}, "
            + $"{_readers.Sum(static r => r.Told.Values.Sum(static t => t.Times - 1))} of them again";

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }
    }

    private List<string> Missing(IReadOnlyCollection<SentMail> mails)
    {
        var missing = new List<string>();
        foreach (var reader in _readers)
        {
            missing.AddRange(mails.Where(m => m.Inbox == reader.Inbox && !reader.Told.ContainsKey(m.Subject))
                .Select(m => $"{reader.Kind} {m.Subject}"));
        }

        return missing;
    }
}
