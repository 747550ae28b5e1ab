using Cybertemp.Mail.Filters;
using Cybertemp.ServiceDefaults;
using Microsoft.Extensions.Options;
using Supabase.Realtime;
using Supabase.Realtime.Interfaces;
using Supabase.Realtime.PostgresChanges;
using Client = Supabase.Client;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>
/// Raises the signal on each change that Realtime tells of, and each time that its channel is joined, since changes are
/// lost while it is not.
/// </summary>
internal sealed partial class SupabaseListener(
    SupabaseProject project, ReloadSignal signal, IOptions<FiltersOptions> options, TimeProvider time,
    ILogger<SupabaseListener> logger) : BackgroundService
{
    private const string ChannelName = "cybertemp-filters";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The client rejoins by itself after most losses. It gets this long; then another takes its place.
    /// </summary>
    private static readonly TimeSpan RejoinTimeout = TimeSpan.FromSeconds(15);

    private readonly StateChange _state = new(time);

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
        Listen(channel, "domains", options.Value.Domains.Source);
        Listen(channel, "bans", options.Value.Bans.Source);
        channel.AddStateChangedHandler(OnStateChanged);
        try
        {
            await channel.Subscribe((int)JoinTimeout.TotalMilliseconds).WaitAsync(JoinTimeout, ct);
            await UntilLostAsync(channel, ct);
        }
        finally
        {
            // The next client has a channel of its own; what is left of this one must not raise the signal beside it.
            channel.RemoveStateChangedHandler(OnStateChanged);
        }
    }

    private void OnStateChanged(IRealtimeChannel channel, Constants.ChannelState state)
    {
        if (state is Constants.ChannelState.Joined)
        {
            signal.Raise();
        }
    }

    private void Listen(RealtimeChannel channel, string table, FilterSourceKind source)
    {
        if (source is FilterSourceKind.Supabase)
        {
            channel.OnPostgresChange(
                (_, _) => signal.Raise(),
                PostgresChangesOptions.ListenType.All,
                new PostgresChangesFilter { Schema = "public", Table = table });
        }
    }

    private async Task UntilLostAsync(RealtimeChannel channel, CancellationToken ct)
    {
        for (
            var joined = time.GetTimestamp();
            time.GetElapsedTime(joined) < RejoinTimeout;
            await Task.Delay(RetryInterval, time, ct))
        {
            if (channel.IsJoined)
            {
                joined = time.GetTimestamp();
                ReportBack();
            }
        }

        throw new SourceException("The Realtime channel was lost.");
    }

    private void ReportAway(Exception ex)
    {
        if (_state.IsNews(isFailing: true))
        {
            LogAway(project.Redact(ex).Message);
        }
    }

    private void ReportBack()
    {
        if (_state.IsNews(isFailing: false))
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No word of changes from Supabase Realtime: the poll has to find them ({Reason})")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Supabase Realtime tells of changes again")]
    private partial void LogBack();
}
