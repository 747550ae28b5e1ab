using Cybertemp.Tests.Storage;
using Npgsql;

namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>The whole service under load, treated badly round after round.</summary>
internal sealed class CrashMatrix(CrashStack stack) : IAsyncDisposable
{
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(90);

    private readonly Random _random = new(20261122);
    private readonly AcknowledgedLoad _load = stack.StartLoad(TimeSpan.FromMilliseconds(5));

    /// <summary>All that can go wrong here: without root there is no disk to fill.</summary>
    public IReadOnlyList<CrashKind> Kinds { get; } =
        [.. Enum.GetValues<CrashKind>().Where(
            k => stack.Disk is not null || k is not (CrashKind.FillDisk or CrashKind.FillDiskAndLog))];

    public static async Task<CrashMatrix> StartAsync(string acknowledge) =>
        new(await CrashStack.StartAsync(acknowledge, withDisk: true));

    /// <summary>Lets mail flow, breaks something, and waits until mail flows again.</summary>
    public async Task RunRoundAsync(CrashKind kind)
    {
        await _load.WaitForMoreAsync(_random.Next(10, 60), RecoveryTimeout);
        await CrashAsync(kind);
        await _load.WaitForMoreAsync(5, RecoveryTimeout);
        Assert.Equal(0, _load.PermanentRefusals);
    }

    public Task StopLoadAsync() => _load.StopAsync();

    public Task<(int Acknowledged, int Lost, int Duplicated)> CountAsync() => _load.CountAsync(stack.Database);

    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync();
        await stack.DisposeAsync();
    }

    private Task CrashAsync(CrashKind kind) => kind switch
    {
        CrashKind.KillReceiver => KillReceiverAsync(),
        CrashKind.KillReceiverWhileFrozen => KillReceiverWhileFrozenAsync(),
        CrashKind.KillPostgres => RestartPostgresAsync("KILL"),
        CrashKind.StopPostgresImmediately => RestartPostgresAsync("QUIT"),
        CrashKind.FreezePostgres => FreezeAsync(),
        CrashKind.CutBeforeCommit => CutAsync(CommitCut.Before, TimeSpan.Zero),
        CrashKind.CutDuringCommit => CutAsync(CommitCut.During, TimeSpan.Zero),
        CrashKind.CutAfterCommit => CutAsync(CommitCut.After, TimeSpan.Zero),

        // The command timeout, Npgsql's 2 s for its cancellation, and a retry that meets the locks of the first
        // attempt.
        CrashKind.HalfOpen => CutAsync(CommitCut.Before, TimeSpan.FromSeconds(5)),
        CrashKind.FillDisk => FillDiskAsync(() => _load.WaitForNoMoreAsync(RecoveryTimeout)),
        CrashKind.FillDiskAndLog => FillDiskAsync(FillLogAsync),
        CrashKind.KillRedis => KillRedisAsync(),
    };

    private async Task KillReceiverAsync()
    {
        await stack.KillReceiverAsync();
        await stack.StartReceiverAsync();
    }

    private async Task KillReceiverWhileFrozenAsync()
    {
        await stack.Postgres.SignalAllAsync("STOP");
        await Task.Delay(200);
        await stack.KillReceiverAsync();
        await stack.Postgres.SignalAllAsync("CONT");
        await stack.StartReceiverAsync();
    }

    private async Task RestartPostgresAsync(string signal)
    {
        await stack.Postgres.StopAsync(signal);
        await stack.Postgres.RestartAsync();
    }

    private async Task FreezeAsync()
    {
        await stack.Postgres.SignalAllAsync("STOP");
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await stack.Postgres.SignalAllAsync("CONT");
    }

    private async Task CutAsync(CommitCut kind, TimeSpan silence)
    {
        var cut = stack.Proxy.Cut(kind, AcknowledgedLoad.Domain);
        await cut.Reached.WaitAsync(RecoveryTimeout);
        await Task.Delay(silence);
        cut.Release();
    }

    private async Task FillDiskAsync(Func<Task> untilItIsFelt)
    {
        await stack.Disk!.FillAsync();
        await untilItIsFelt();
        await stack.Disk.FreeAsync();
        while (!await AnswersAsync())
        {
            // It may end on its own or only when its recovery fails too.
            await (stack.Postgres.HasExited ? stack.Postgres.RestartAsync() : Task.Delay(20));
        }
    }

    private async Task FillLogAsync()
    {
        var end = await Assert.ThrowsAnyAsync<NpgsqlException>(() => stack.Database.ExecuteAsync(
            "select count(pg_logical_emit_message(false, 'filler', repeat('x', 1000000))) from generate_series(1, "
                + "2000)"));
        Assert.False(
            end is PostgresException { InvariantSeverity: "ERROR" },
            $"PostgreSQL goes on with a full log: {end.Message}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await stack.Database.ExecuteAsync("select");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task KillRedisAsync()
    {
        await stack.Redis.StopAsync("KILL");
        await _load.WaitForMoreAsync(50, RecoveryTimeout);
        await stack.Redis.RestartAsync();
    }
}
