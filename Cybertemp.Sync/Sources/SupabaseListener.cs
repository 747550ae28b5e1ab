using Cybertemp.Sync.Mirror;
using Microsoft.Extensions.Options;
using Supabase.Realtime;
using Supabase.Realtime.PostgresChanges;
using Client = Supabase.Client;

namespace Cybertemp.Sync.Sources;

/// <summary>
/// Raises the signal on each change that Realtime tells of, and each time that its channel is joined, since changes are
/// lost while it is not.
/// </summary>
internal sealed partial class SupabaseListener(
    SupabaseProject project, ReloadSignal signal, IOptions<FiltersOptions> options, TimeProvider time, ILogger<SupabaseListener> logger) : BackgroundService
{
    private const string ChannelName = "cybertemp-filters";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The client rejoins by itself after most losses. It gets this long; then another takes its place.</summary>
    private static readonly TimeSpan RejoinTimeout = TimeSpan.FromSeconds(15);

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var client = project.CreateClient();
            try
            {
                await ListenAsync(client, stoppingToken);
            }
            catch (Exception ex) when (!stoppingToken.IsCancellationRequested)
            {
                // The client throws its libraries' exceptions too, which differ between its versions.
                ReportAway(ex);
            }
            finally
            {
                client.Realtime.Disconnect();
            }

            await Task.Delay(RetryInterval, time, stoppingToken);
        }
    }

    private async Task ListenAsync(Client client, CancellationToken ct)
    {
        await client.Realtime.ConnectAsync().WaitAsync(JoinTimeout, ct);
        var channel = client.Realtime.Channel(ChannelName);
        Listen(channel, "domains", options.Value.Domains);
        Listen(channel, "bans", options.Value.Bans);
        channel.AddStateChangedHandler((_, state) =>
        {
            if (state is Constants.ChannelState.Joined)
            {
                signal.Raise();
            }
        });
        await channel.Subscribe((int)JoinTimeout.TotalMilliseconds).WaitAsync(JoinTimeout, ct);
        ReportBack();
        await UntilLostAsync(channel, ct);
    }

    private void Listen(RealtimeChannel channel, string table, FilterListOptions list)
    {
        if (list.Source is FilterSourceKind.Supabase)
        {
            channel.OnPostgresChange(
                (_, _) => signal.Raise(),
                PostgresChangesOptions.ListenType.All,
                new PostgresChangesFilter { Schema = "public", Table = table });
        }
    }

    private async Task UntilLostAsync(RealtimeChannel channel, CancellationToken ct)
    {
        for (var joined = time.GetTimestamp(); time.GetElapsedTime(joined) < RejoinTimeout; await Task.Delay(RetryInterval, time, ct))
        {
            joined = channel.IsJoined ? time.GetTimestamp() : joined;
        }

        throw new SourceException("The Realtime channel was lost.");
    }

    private void ReportAway(Exception ex)
    {
        if (!_isAway)
        {
            _isAway = true;
            LogAway(project.Redact(ex));
        }
    }

    private void ReportBack()
    {
        if (_isAway)
        {
            _isAway = false;
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No word of changes from Supabase Realtime: the poll has to find them")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(LogLevel.Information, "Supabase Realtime tells of changes again")]
    private partial void LogBack();
}
