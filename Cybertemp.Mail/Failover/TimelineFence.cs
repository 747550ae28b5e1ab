using Npgsql;

namespace Cybertemp.Mail.Failover;

/// <summary>
/// Keeps connections away from a former primary that is still, or again, to be reached after a fail-over and believes
/// to be the primary: each promotion begins a timeline with a higher number. Remembers the highest one of each database
/// system and refuses a connection to a lower one. Thread-safe.
/// </summary>
internal sealed class TimelineFence(TimelineFenceMode mode)
{
    /// <summary>Read by the receiver and by the web service.</summary>
    public const string ModeKey = "Storage:TimelineFence";

    /// <summary>A standby writes nothing and is on no timeline of its own.</summary>
    private const string Ask = """
        select system_identifier,
            case when pg_is_in_recovery() then null
                else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end
        from pg_control_system()
        """;

    /// <summary>Far more than anybody has; what goes is only forgotten.</summary>
    private const int MaxSystems = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _newest = [];
    private readonly List<Action> _forget = [];
    private volatile string? _lastRefusal;
    private volatile bool _isBlind;
    private int _generation;
    private long _refused;

    /// <summary>Rises with each promotion seen: connections that were made before are not to be used.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Connections refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Why the last one was.</summary>
    public string? LastRefusal => _lastRefusal;

    /// <summary>The server does not tell its timeline: nothing is refused.</summary>
    public bool IsBlind => _isBlind;

    /// <summary>Asks a new connection; once each is enough, since a promotion ends none of the new primary's.</summary>
    /// <exception cref="FormerPrimaryException">It must not be used.</exception>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        if (mode is TimelineFenceMode.Off)
        {
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand(Ask, connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            Observe(connection, reader);
        }
        catch (PostgresException ex) when (IsUntold(ex))
        {
            _isBlind = true;
        }
    }

    /// <inheritdoc cref="CheckAsync"/>
    public void Check(NpgsqlConnection connection)
    {
        if (mode is TimelineFenceMode.Off)
        {
            return;
        }

        try
        {
            using var command = new NpgsqlCommand(Ask, connection);
            using var reader = command.ExecuteReader();
            reader.Read();
            Observe(connection, reader);
        }
        catch (PostgresException ex) when (IsUntold(ex))
        {
            _isBlind = true;
        }
    }

    /// <summary>
    /// Has <paramref name="forget"/> drop the connections that were made before a promotion, each time one is seen.
    /// Happens before <see cref="Generation"/> rises, so that whoever sees that gets none of them.
    /// </summary>
    public void OnPromotion(Action forget)
    {
        lock (_lock)
        {
            _forget.Add(forget);
        }
    }

    /// <summary>What one server says of itself.</summary>
    /// <exception cref="FormerPrimaryException">A higher timeline of the same system was seen.</exception>
    public void Observe(string server, long system, int timeline)
    {
        int newest;
        lock (_lock)
        {
            if (!_newest.TryGetValue(system, out newest))
            {
                Remember(system, timeline);
                return;
            }

            if (timeline > newest)
            {
                _newest[system] = timeline;
                _forget.ForEach(static forget => forget());
                _generation++;
            }
        }

        if (timeline < newest)
        {
            Interlocked.Increment(ref _refused);
            var refusal = new FormerPrimaryException(server, timeline, newest);
            _lastRefusal = refusal.Message;
            throw refusal;
        }
    }

    /// <summary>Hosted databases take the functions away; what only speaks PostgreSQL's protocol has none.</summary>
    private static bool IsUntold(PostgresException ex) => ex.SqlState is
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.FeatureNotSupported;

    private void Observe(NpgsqlConnection connection, NpgsqlDataReader reader)
    {
        if (!reader.IsDBNull(1))
        {
            Observe($"{connection.Host}:{connection.Port}", reader.GetInt64(0), reader.GetInt32(1));
        }
    }

    private void Remember(long system, int timeline)
    {
        if (_newest.Count == MaxSystems)
        {
            _newest.Clear();
        }

        _newest[system] = timeline;
    }
}
