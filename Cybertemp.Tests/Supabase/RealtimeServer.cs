using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cybertemp.Tests.Supabase;

/// <summary>Supabase Realtime: Phoenix frames over WebSockets, as the server sends them for postgres_changes.</summary>
internal sealed class RealtimeServer(string key)
{
    private readonly ConcurrentDictionary<WebSocket, List<(string Topic, string Table, int Id)>> _sockets = [];
    private int _lastId = 1000;
    private int _joins;

    /// <summary>Frames from clients, in order, and the path and query of each connection.</summary>
    public ConcurrentQueue<string> Received { get; } = [];

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> ConnectionHeaders { get; } = [];

    /// <summary>The reason with which joins are refused; null to accept them.</summary>
    public string? JoinRefusal { get; set; }

    /// <summary>Joins that were accepted so far.</summary>
    public int Joins => Volatile.Read(ref _joins);

    public async Task AcceptAsync(HttpContext http)
    {
        if (http.Request.Query["apikey"] != key || !http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = 401;
            return;
        }

        Received.Enqueue($"{http.Request.Path}{http.Request.QueryString}");
        ConnectionHeaders.Enqueue(http.Request.Headers.ToDictionary(
            static h => h.Key, static h => h.Value.ToString(), StringComparer.Ordinal));
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        _sockets[socket] = [];
        try
        {
            await ServeAsync(socket);
        }
        catch (Exception ex) when (ex is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone.
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    /// <summary>Cuts every connection without a close frame.</summary>
    public void DropAll()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Abort();
        }
    }

    public async Task EmitAsync(string table, string type, JsonNode? record, JsonNode? old)
    {
        foreach (var (socket, bindings) in _sockets)
        {
            foreach (
                var group in bindings.Where(b => b.Table == table).GroupBy(static b => b.Topic, StringComparer.Ordinal))
            {
                var data = new JsonObject
                {
                    ["table"] = table,
                    ["type"] = type,
                    ["schema"] = "public",
                    ["commit_timestamp"] = "2026-07-14T10:11:12.345Z"
                };
                AddUnlessNull(data, "record", record);
                AddUnlessNull(data, "old_record", old);
                var ids = new JsonArray([.. group.Select(static b => (JsonNode)b.Id)]);
                await SendAsync(
                    socket, group.Key, "postgres_changes", new JsonObject { ["ids"] = ids, ["data"] = data });
            }
        }
    }

    private async Task ServeAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(
            buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text, Count: var length })
        {
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            Received.Enqueue(text);
            await AnswerAsync(socket, (JsonObject)JsonNode.Parse(text)!);
        }
    }

    private async Task AnswerAsync(WebSocket socket, JsonObject frame)
    {
        var (topic, reference) = ((string)frame["topic"]!, (string?)frame["ref"]);
        if ((string)frame["event"]! is not "phx_join")
        {
            await SendAsync(socket, topic, "phx_reply", Reply("ok", []), reference);
        }
        else if (JoinRefusal is { } reason)
        {
            await SendAsync(
                socket, topic, "phx_reply", Reply("error", new JsonObject { ["reason"] = reason }), reference);
        }
        else
        {
            await JoinAsync(socket, topic, reference, (JsonArray)frame["payload"]!["config"]!["postgres_changes"]!);
        }
    }

    private async Task JoinAsync(WebSocket socket, string topic, string? reference, JsonArray changes)
    {
        var bound = new JsonArray();
        foreach (var change in changes.Select(static c => (JsonObject)c!.DeepClone()))
        {
            change["id"] = Interlocked.Increment(ref _lastId);
            bound.Add((JsonNode)change);
        }

        await SendAsync(
            socket, topic, "phx_reply", Reply("ok", new JsonObject { ["postgres_changes"] = bound }), reference);
        await SendAsync(socket, topic, "presence_state", []);
        _sockets[socket] = [.. bound.Select(c => (topic, (string)c!["table"]!, (int)c["id"]!))];
        Interlocked.Increment(ref _joins);
        await SendAsync(socket, topic, "system", new JsonObject
        {
            ["message"] = "Subscribed to PostgreSQL",
            ["status"] = "ok",
            ["extension"] = "postgres_changes",
            ["channel"] = topic["realtime:".Length..],
        });
    }

    private static JsonObject Reply(string status, JsonObject response) =>
        new() { ["status"] = status, ["response"] = response };

    private static void AddUnlessNull(JsonObject data, string name, JsonNode? value)
    {
        if (value is not null)
        {
            data[name] = value.DeepClone();
        }
    }

    private static async Task SendAsync(
        WebSocket socket, string topic, string name, JsonObject payload, string? reference = null)
    {
        var frame = new JsonObject { ["ref"] = reference, ["event"] = name, ["payload"] = payload, ["topic"] = topic };
        var bytes = Encoding.UTF8.GetBytes(frame.ToJsonString());
        try
        {
            await socket.SendAsync(
                bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception ex) when (ex is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone, as in life.
        }
    }
}
