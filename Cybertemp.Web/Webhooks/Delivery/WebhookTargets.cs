using System.Collections.Concurrent;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>The webhooks that this process knows, and who works on them. Thread-safe.</summary>
internal sealed class WebhookTargets(TimeProvider time)
{
    /// <summary>Fails so often in a row: it is no accident any more.</summary>
    private const int NotableFailures = 3;

    private readonly ConcurrentDictionary<Guid, WebhookTarget> _targets = [];
    private readonly ConcurrentDictionary<Guid, Task> _runs = [];

    public bool IsEmpty => _targets.IsEmpty;

    /// <summary>Those that fail for longer than an accident.</summary>
    public int Failing => _targets.Count(static t => t.Value.Failures >= NotableFailures);

    /// <summary>Takes over what the table has now; how a webhook did so far stays.</summary>
    public void Refresh(IReadOnlyList<Webhook> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            _targets.GetOrAdd(webhook.Id, _ => new WebhookTarget(webhook, time)).Webhook = webhook;
        }

        var known = webhooks.Select(static w => w.Id).ToHashSet();
        foreach (var id in _targets.Keys.Where(id => !known.Contains(id)))
        {
            _targets.TryRemove(id, out _);
        }
    }

    /// <summary>Those that may be told and that nobody works on.</summary>
    public Guid[] Ready() =>
        [.. _targets.Where(static t => !t.Value.IsBusy && !t.Value.IsPaused).Select(static t => t.Key)];

    public void Start(Guid id, Func<WebhookTarget, Task> work)
    {
        if (_targets.TryGetValue(id, out var target) && target.TryEnter())
        {
            _runs[id] = Task.Run(() => RunAsync(target, work));
        }
    }

    /// <summary>Completes when nobody works on any.</summary>
    public Task UntilIdleAsync(CancellationToken ct) => Task.WhenAll(_runs.Values).WaitAsync(ct);

    private async Task RunAsync(WebhookTarget target, Func<WebhookTarget, Task> work)
    {
        try
        {
            await work(target);
        }
        finally
        {
            // Whoever enters next is not taken away with it.
            _runs.TryRemove(target.Webhook.Id, out _);
            target.Leave();
        }
    }
}
