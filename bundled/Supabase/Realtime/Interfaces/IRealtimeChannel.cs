using Supabase.Realtime.PostgresChanges;

namespace Supabase.Realtime.Interfaces;

/// <summary>A topic that is joined and, after each reconnect, joined again.</summary>
public interface IRealtimeChannel
{
    delegate void PostgresChangesHandler(IRealtimeChannel sender, PostgresChangesResponse change);

    delegate void StateChangedHandler(IRealtimeChannel sender, Constants.ChannelState state);

    string Topic { get; }

    Constants.ChannelState State { get; }

    bool IsJoined { get; }

    void AddStateChangedHandler(StateChangedHandler stateChangedHandler);

    void RemoveStateChangedHandler(StateChangedHandler stateChangedHandler);

    /// <summary>To be called before <see cref="Subscribe"/>: the join names what is listened to.</summary>
    IRealtimeChannel OnPostgresChange(
        PostgresChangesHandler postgresChangeHandler, PostgresChangesOptions.ListenType listenType,
        PostgresChangesFilter? filter);

    /// <summary>Completes when the server has said that changes are coming.</summary>
    Task<IRealtimeChannel> Subscribe(int timeoutMs = Constants.DefaultTimeout);

    IRealtimeChannel Unsubscribe();
}
