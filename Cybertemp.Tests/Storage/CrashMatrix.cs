using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

/// <summary>A receiver under load on a PostgreSQL of its own, which is treated badly round after round.</summary>
internal sealed class CrashMatrix : IAsyncDisposable
{
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(90);

    private readonly Random _random = new(20261122);
    private readonly PostgresServer _postgres;
    private readonly PostgresProxy _proxy;
    private readonly Dictionary<string, string> _environment;
    private readonly NpgsqlDataSource _database;
    private readonly int _port = ChildProcess.FreePort();
    private ServiceProcess _receiver = null!;
    private AcknowledgedLoad _load = null!;

    private CrashMatrix(PostgresServer postgres, string connectionString, string acknowledge)
    {
        _postgres = postgres;
        _proxy = new PostgresProxy(postgres.Port);
        _database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        _environment = new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__cybertemp"] = _proxy.Through(connectionString),
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["USE_SUPABASE_BANS"] = "false",
            ["SMTP_RECEIVE_PORT"] = $"{_port}",
            ["Storage__Acknowledge"] = acknowledge,
            ["Storage__CommandTimeout"] = "00:00:02",
            ["Storage__LockTimeout"] = "00:00:01",
            ["Storage__MinPoolSize"] = "1",
        };
    }

    public int ReceiverId => _receiver.Id;

    public AcknowledgedLoad Load => _load;

    public static async Task<CrashMatrix> StartAsync(string acknowledge, TimeSpan pause = default)
    {
        var postgres = await PostgresServer.StartAsync();
        var matrix = new CrashMatrix(postgres, await postgres.CreateDatabaseAsync(), acknowledge);
        await matrix.StartReceiverAsync();
        matrix._load = new AcknowledgedLoad(matrix._port, sessions: 8, pause);
        return matrix;
    }

    /// <summary>Lets mail flow, breaks something, and waits until mail flows again.</summary>
    public async Task RunRoundAsync(CrashKind kind)
    {
        await _load.WaitForMoreAsync(_random.Next(10, 60), RecoveryTimeout);
        await CrashAsync(kind);
        await _load.WaitForMoreAsync(5, RecoveryTimeout);
        Assert.Equal(0, _load.PermanentRefusals);
    }

    /// <summary>How many acknowledged messages are not stored, and how many are stored twice, over all tables.</summary>
    public async Task<(int Acknowledged, int Lost, int Duplicated)> CountAsync()
    {
        var acknowledged = _load.Acknowledged;
        var stored = new Dictionary<string, int>(StringComparer.Ordinal);
        const string Everything = """
            select encode(sha256(raw), 'hex') from emails
            union all select encode(sha256(raw), 'hex') from private_emails
            union all select encode(sha256(raw), 'hex') from quarantine
            """;
        foreach (var hash in await _database.ColumnAsync(Everything))
        {
            stored[hash] = stored.GetValueOrDefault(hash) + 1;
        }

        return (acknowledged.Length, acknowledged.Count(a => !stored.ContainsKey(a)), stored.Values.Count(n => n > 1));
    }

    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync();
        await _receiver.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private Task CrashAsync(CrashKind kind) => kind switch
    {
        CrashKind.KillReceiver => KillReceiverAsync(),
        CrashKind.KillReceiverWhileFrozen => KillReceiverWhileFrozenAsync(),
        CrashKind.KillPostgres => RestartPostgresAsync("KILL"),
        CrashKind.StopPostgresImmediately => RestartPostgresAsync("QUIT"),
        CrashKind.FreezePostgres => FreezeAsync(),
        CrashKind.CutBeforeCommit => CutAsync(CommitCut.Before),
        CrashKind.CutDuringCommit => CutAsync(CommitCut.During),
        CrashKind.CutAfterCommit => CutAsync(CommitCut.After),
    };

    private async Task StartReceiverAsync()
    {
        _receiver = await ServiceProcess.StartAsync("Cybertemp.SmtpReceiver", _environment);
        await _receiver.WaitForLineAsync("SMTP listens on");
    }

    private async Task KillReceiverAsync()
    {
        await _receiver.DisposeAsync();
        await StartReceiverAsync();
    }

    private async Task KillReceiverWhileFrozenAsync()
    {
        await _postgres.SignalAllAsync("STOP");
        await Task.Delay(200);
        await _receiver.DisposeAsync();
        await _postgres.SignalAllAsync("CONT");
        await StartReceiverAsync();
    }

    private async Task RestartPostgresAsync(string signal)
    {
        await _postgres.StopAsync(signal);
        await _postgres.RestartAsync();
    }

    private async Task FreezeAsync()
    {
        await _postgres.SignalAllAsync("STOP");
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await _postgres.SignalAllAsync("CONT");
    }

    private async Task CutAsync(CommitCut kind)
    {
        var cut = _proxy.Cut(kind, AcknowledgedLoad.Domain);
        cut.Release();
        await cut.Reached.WaitAsync(RecoveryTimeout);
    }
}
