using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Supabase.Realtime.Exceptions;
using Supabase.Realtime.Interfaces;
using Supabase.Realtime.PostgresChanges;

namespace Supabase.Realtime;

/// <summary>A topic on the socket. Handlers are called one at a time, on the socket's own thread.</summary>
public class RealtimeChannel : IRealtimeChannel
{
    private readonly RealtimeSocket _socket;
    private readonly List<Binding> _bindings = [];
    private IRealtimeChannel.StateChangedHandler? _stateChanged;
    private TaskCompletionSource _joined = NewJoin();
    private string? _joinRef;
    private bool _isWanted;

    internal RealtimeChannel(RealtimeSocket socket, string topic)
    {
        _socket = socket;
        Topic = topic;
    }

    public string Topic { get; }

    public Constants.ChannelState State { get; private set; }

    public bool IsJoined => State is Constants.ChannelState.Joined;

    public void AddStateChangedHandler(IRealtimeChannel.StateChangedHandler stateChangedHandler) =>
        _stateChanged += stateChangedHandler;

    public void RemoveStateChangedHandler(IRealtimeChannel.StateChangedHandler stateChangedHandler) =>
        _stateChanged -= stateChangedHandler;

    public IRealtimeChannel OnPostgresChange(
        IRealtimeChannel.PostgresChangesHandler postgresChangeHandler, PostgresChangesOptions.ListenType listenType,
        PostgresChangesFilter? filter)
    {
        _bindings.Add(new Binding(postgresChangeHandler, listenType, filter));
        return this;
    }

    public async Task<IRealtimeChannel> Subscribe(int timeoutMs = Constants.DefaultTimeout)
    {
        _isWanted = true;
        await JoinAsync();
        try
        {
            await _joined.Task.WaitAsync(TimeSpan.FromMilliseconds(timeoutMs));
        }
        catch (TimeoutException ex)
        {
            Change(Constants.ChannelState.Errored);
            throw new RealtimeException("The join was not answered in time.", FailureHint.Reason.PushTimeout, ex);
        }

        return this;
    }

    public IRealtimeChannel Unsubscribe()
    {
        _isWanted = false;
        Change(Constants.ChannelState.Leaving);
        _ = _socket.SendAsync(new JObject
        {
            ["topic"] = Topic,
            ["event"] = "phx_leave",
            ["payload"] = null,
            ["ref"] = Guid.NewGuid().ToString(),
        });
        Close();
        return this;
    }

    internal void Close()
    {
        _isWanted = false;
        Change(Constants.ChannelState.Closed);
    }

    internal void Rejoin()
    {
        if (_isWanted)
        {
            _ = JoinAsync();
        }
    }

    internal void Receive(JObject frame)
    {
        var payload = frame["payload"] as JObject ?? [];
        switch ((string?)frame["event"])
        {
            case "phx_reply" when (string?)frame["ref"] == _joinRef && (string?)payload["status"] == "ok":
                Bind(payload["response"]?["postgres_changes"]);
                break;
            case "system" when (string?)payload["status"] == "ok":
                Change(Constants.ChannelState.Joined);
                _joined.TrySetResult();
                break;
            case "phx_reply" when (string?)frame["ref"] == _joinRef:
            case "system":
                Fail(frame);
                break;
            case "phx_error":
            case "phx_close":
                Change(Constants.ChannelState.Errored);
                break;
            case "postgres_changes":
                Deliver(payload);
                break;
            default:
                break;
        }
    }

    private Task JoinAsync()
    {
        _joined = NewJoin();
        _joinRef = Guid.NewGuid().ToString();
        Change(Constants.ChannelState.Joining);
        var config = new JObject
        {
            ["broadcast"] = new JObject { ["self"] = false, ["ack"] = false },
            ["presence"] = new JObject { ["key"] = "" },
            ["postgres_changes"] = new JArray(_bindings.Select(static b => b.ToJson())),
            ["private"] = false,
        };
        return _socket.SendAsync(new JObject
        {
            ["topic"] = Topic,
            ["event"] = "phx_join",
            ["payload"] = new JObject { ["config"] = config },
            ["ref"] = _joinRef,
            ["join_ref"] = _joinRef,
        });
    }

    /// <summary>The server answers in the order of the join.</summary>
    private void Bind(JToken? changes)
    {
        foreach (var (binding, change) in _bindings.Zip(changes ?? new JArray()))
        {
            binding.Id = (long?)change["id"];
        }
    }

    private void Deliver(JObject payload)
    {
        var ids = payload["ids"]?.Select(static id => (long?)id).ToHashSet() ?? [];
        foreach (var binding in _bindings.Where(b => ids.Contains(b.Id)))
        {
            binding.Handler(this, new PostgresChangesResponse(payload["data"] ?? new JObject()));
        }
    }

    private void Fail(JObject frame)
    {
        Change(Constants.ChannelState.Errored);
        _joined.TrySetException(
            new RealtimeException(frame.ToString(Formatting.None), FailureHint.Reason.ChannelJoinFailure));
    }

    private void Change(Constants.ChannelState state)
    {
        State = state;
        _stateChanged?.Invoke(this, state);
    }

    private static TaskCompletionSource NewJoin()
    {
        var join = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A join after a reconnect has nobody who waits for it; its failure is a state.
        _ = join.Task.ContinueWith(static t => t.Exception, TaskScheduler.Default);
        return join;
    }
}
