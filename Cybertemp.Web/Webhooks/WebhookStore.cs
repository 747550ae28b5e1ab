using Cybertemp.Mail.Webhooks;
using Cybertemp.Web.Access;
using Cybertemp.Web.Database;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Webhooks.Delivery;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Web.Webhooks;

/// <summary>
/// The outbox, shared with replicas: what one has claimed the others pass by, and have again if it dies. A few
/// statements run at a time; the readers have the other connections. Thread-safe.
/// </summary>
internal sealed class WebhookStore(MailDatabase database, MessageReads messages, IOptions<WebhookOptions> options)
    : IDisposable
{
    private const int MaxStatementsAtOnce = 4;
    private const int MaxDoublings = 20;

    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    /// <summary>Beyond what an attempt takes: reading the mail, storing what became of it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private const string Read =
        "select id, url, secret from webhooks order by created_at, id limit 1000";

    private const string FindDue = """
        select w.id from unnest($1) as w (id) where exists (
            select from webhook_outbox o
            where o.webhook_id = w.id and o.dead_at is null and o.next_attempt_at <= now())
        """;

    private const string Claim = """
        with due as materialized (
            select email_id from webhook_outbox
            where webhook_id = $1 and dead_at is null and next_attempt_at <= now()
            order by next_attempt_at limit $2 for update skip locked
        )
        update webhook_outbox o set next_attempt_at = now() + $3, attempts = o.attempts + 1
        from due where o.webhook_id = $1 and o.email_id = due.email_id
        returning o.email_id, o.attempts
        """;

    private const string Complete = """
        with done as (
            delete from webhook_outbox where webhook_id = $1 and email_id = any($2)
        ), failed as (
            update webhook_outbox o set next_attempt_at = now() + f.pause,
                dead_at = case when o.created_at + $5 < now() + f.pause then now() end
            from unnest($3, $4) as f (email_id, pause)
            where o.webhook_id = $1 and o.email_id = f.email_id and o.dead_at is null
            returning o.email_id, o.dead_at
        ), released as (
            update webhook_outbox set next_attempt_at = now(), attempts = attempts - 1
            where webhook_id = $1 and email_id = any($6) and dead_at is null
        ), logged as (
            insert into webhook_log (webhook_id, email_id, attempt, outcome, status, milliseconds, error)
            select $1, a.email_id, a.attempt, case when d.dead_at is null then a.outcome else 'dead' end,
                a.status, a.milliseconds, a.error
            from unnest($7, $8, $9, $10, $11, $12) with ordinality
                    as a (email_id, attempt, outcome, status, milliseconds, error, n)
                left join failed d on d.email_id = a.email_id
            order by a.n
        )
        select count(*)::int from failed where dead_at is not null
        """;

    private readonly SemaphoreSlim _places = new(MaxStatementsAtOnce);

    /// <summary>All that can be told; a row that is not readable is left out.</summary>
    public async Task<List<Webhook>> ReadAsync(CancellationToken ct) =>
    [
        .. (await RunAsync(Read, [], static row => (row.GetGuid(0), row.GetString(1), row.GetString(2)), ct))
            .Select(static row => Uri.TryCreate(row.Item2, UriKind.Absolute, out var url)
                && WebhookSecret.Parse(row.Item3) is { } secret ? new Webhook(row.Item1, url, secret) : null)
            .OfType<Webhook>(),
    ];

    /// <summary>Those that some message is due for.</summary>
    public Task<List<Guid>> FindDueAsync(Guid[] webhooks, CancellationToken ct) =>
        RunAsync(FindDue, [Parameters.Ids(webhooks)], static row => row.GetGuid(0), ct);

    /// <summary>Takes what is due, for so long that one attempt at each of them ends within it.</summary>
    public Task<List<DueMessage>> ClaimAsync(Guid webhook, int limit, CancellationToken ct)
    {
        var lease = (options.Value.Timeout * Math.Ceiling((double)limit / options.Value.MaxRequestsAtOnce)) + Margin;
        return RunAsync(
            Claim,
            [Parameters.Id(webhook), Parameters.Number(limit), Interval(lease)],
            static row => new DueMessage(row.GetGuid(0), row.GetInt32(1)),
            ct);
    }

    /// <summary>The mail that is told; what is gone is left out.</summary>
    public async Task<Dictionary<Guid, MessageSummary>> ReadMailAsync(IEnumerable<DueMessage> due, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return (await messages.FindCommittedAsync(ReaderKind.Operator, [.. due.Select(static d => d.EmailId)], ct))
                .ToDictionary(static s => s.Id);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Stores what became of what was claimed. Says how many were given up.</summary>
    public async Task<int> CompleteAsync(Guid webhook, IReadOnlyList<Attempt> attempts, CancellationToken ct)
    {
        var tried = attempts.Where(static a => a.Outcome is not AttemptOutcome.Released).ToList();
        var failed = tried.FindAll(static a => a.Outcome is AttemptOutcome.Failed);
        var given = await RunAsync(
            Complete,
            [
                Parameters.Id(webhook),
                Ids(tried.Where(static a => a.Outcome is not AttemptOutcome.Failed)),
                Ids(failed),
                Array(NpgsqlDbType.Interval, failed.Select(a => Pause(a.Message.Attempt))),
                Interval(options.Value.GiveUpAfter),
                Ids(attempts.Where(static a => a.Outcome is AttemptOutcome.Released)),
                Ids(tried),
                Array(NpgsqlDbType.Integer, tried.Select(static a => a.Message.Attempt)),
                Array(NpgsqlDbType.Text, tried.Select(static a => NameOf(a.Outcome))),
                Array(NpgsqlDbType.Integer, tried.Select(static a => a.Status)),
                Array(NpgsqlDbType.Integer, tried.Select(static a => (int)a.Duration.TotalMilliseconds)),
                Array(NpgsqlDbType.Text, tried.Select(static a => a.Error)),
            ],
            static row => row.GetInt32(0),
            ct);
        return given[0];
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Twice as long after each failure, an hour at most, and never the same for many.</summary>
    private TimeSpan Pause(int attempts)
    {
        var doubled = options.Value.FirstRetry * Math.Pow(2, Math.Min(attempts - 1, MaxDoublings));
        return (doubled < MaxPause ? doubled : MaxPause) * (0.5 + Random.Shared.NextDouble());
    }

    private static string NameOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "delivered",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Gone => "gone",
        AttemptOutcome.Released => "released",
    };

    private static NpgsqlParameter Ids(IEnumerable<Attempt> attempts) =>
        Parameters.Ids([.. attempts.Select(static a => a.Message.EmailId)]);

    private static NpgsqlParameter<TimeSpan> Interval(TimeSpan time) => new() { TypedValue = time };

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Array | type,
        Value = values.ToArray(),
    };

    private async Task<List<T>> RunAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            await using var command = database.Main.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            await using var row = await command.ExecuteReaderAsync(ct);
            var rows = new List<T>();
            while (await row.ReadAsync(ct))
            {
                rows.Add(read(row));
            }

            return rows;
        }
        finally
        {
            _places.Release();
        }
    }
}
