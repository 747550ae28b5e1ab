using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Supabase;

/// <summary>
/// A stand-in for a Supabase project: PostgREST with its silent limit of rows and Realtime with its Phoenix frames, on
/// a free port of the loopback address. A change of a table is told to the sockets that listen to it.
/// </summary>
internal sealed class SupabaseServer : IAsyncDisposable
{
    public const string Key = "eyJ.service-role.secret";

    private readonly WebApplication _app;
    private readonly Dictionary<string, SortedDictionary<long, JsonObject>> _tables = new(StringComparer.Ordinal)
    {
        ["domains"] = [],
        ["bans"] = [],
    };

    private long _lastId;

    private SupabaseServer(WebApplication app)
    {
        _app = app;
        Realtime = new RealtimeServer(Key);
        Url = "";
    }

    public string Url { get; private set; }

    public RealtimeServer Realtime { get; }

    /// <summary>PostgREST's db-max-rows.</summary>
    public int MaxRows { get; set; } = 1000;

    /// <summary>Answers in place of PostgREST when set.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    /// <summary>Each request to PostgREST as it came: method, path, query.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> RequestHeaders { get; } = [];

    public static async Task<SupabaseServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new SupabaseServer(app);
        app.UseWebSockets();
        app.Map("/realtime/v1/websocket", server.Realtime.AcceptAsync);
        app.Map("/rest/v1/{table}", server.AnswerAsync);
        await app.StartAsync();
        server.Url = app.Urls.Single();
        return server;
    }

    /// <summary>A table that the project did not have.</summary>
    public void CreateTable(string name)
    {
        lock (_tables)
        {
            _tables.Add(name, []);
        }
    }

    public Task<long> InsertDomainAsync(string domain) =>
        InsertAsync("domains", new JsonObject { ["domain"] = domain });

    public Task<long> InsertBanAsync(
        string scope, string value, string matchType = "exact", string status = "active") =>
        InsertAsync(
            "bans",
            new JsonObject { ["scope"] = scope, ["value"] = value, ["match_type"] = matchType, ["status"] = status });

    public async Task<long> InsertAsync(string table, JsonObject row)
    {
        var id = Interlocked.Increment(ref _lastId);
        row["id"] = id;
        row["created_at"] = "2026-07-14T10:11:12.345678+00:00";
        Change(table, rows => rows[id] = row);
        await Realtime.EmitAsync(table, "INSERT", row.DeepClone(), old: null);
        return id;
    }

    public async Task DeleteAsync(string table, long id)
    {
        Change(table, rows => rows.Remove(id));
        await Realtime.EmitAsync(table, "DELETE", record: null, new JsonObject { ["id"] = id });
    }

    /// <summary>TRUNCATE is not told by Realtime.</summary>
    public void Truncate(string table) => Change(table, static rows => rows.Clear());

    public async ValueTask DisposeAsync()
    {
        Realtime.DropAll();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private void Change(string table, Action<SortedDictionary<long, JsonObject>> change)
    {
        lock (_tables)
        {
            change(_tables[table]);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        RequestHeaders.Enqueue(http.Request.Headers.ToDictionary(
            static h => h.Key, static h => h.Value.ToString(), StringComparer.Ordinal));
        if (Fault is { } fault)
        {
            await fault(http);
            return;
        }

        var (status, body, range) = Answer(http.Request);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (range is not null)
        {
            http.Response.Headers.ContentRange = range;
        }

        await http.Response.WriteAsync(body);
    }

    private (int Status, string Body, string? Range) Answer(HttpRequest request)
    {
        if (request.Headers["apikey"] != Key || request.Headers.Authorization != $"Bearer {Key}")
        {
            const string Hint = "Double check your Supabase `anon` or `service_role` API key.";
            return (401, $$"""{"message":"Invalid API key","hint":"{{Hint}}"}""", null);
        }

        lock (_tables)
        {
            return _tables.TryGetValue((string)request.RouteValues["table"]!, out var table)
                ? Select(request, [.. table.Values.Where(row => IsMatch(request, row))])
                : (404, """{"code":"42P01","details":null,"hint":null,"message":"relation does not exist"}""", null);
        }
    }

    private (int Status, string Body, string? Range) Select(HttpRequest request, List<JsonObject> rows)
    {
        var offset = int.TryParse(request.Query["offset"], provider: null, out var from) ? from : 0;
        if (offset > rows.Count)
        {
            var details = $"An offset of {offset} was requested, but there are only {rows.Count} rows.";
            return (416, $$"""{"code":"PGRST103","details":"{{details}}"}""", null);
        }

        var limit = int.TryParse(request.Query["limit"], provider: null, out var asked)
            ? Math.Min(asked, MaxRows)
            : MaxRows;
        var columns = request.Query["select"].ToString() is { Length: > 0 } select ? select.Split(',') : null;
        var page = rows.Skip(offset).Take(limit).Select(row => (JsonNode)Project(row, columns)).ToArray();
        var range = page.Length == 0 ? $"*/{rows.Count}" : $"{offset}-{offset + page.Length - 1}/{rows.Count}";
        return (page.Length < rows.Count ? 206 : 200, new JsonArray(page).ToJsonString(), range);
    }

    private static JsonObject Project(JsonObject row, string[]? columns) => columns is null
        ? (JsonObject)row.DeepClone()
        : new JsonObject(columns.Select(c => KeyValuePair.Create(c, row[c]?.DeepClone())));

    private static bool IsMatch(HttpRequest request, JsonObject row) => request.Query
        .Where(static q => q.Key is not ("select" or "order" or "limit" or "offset"))
        .All(q => q.Value.ToString().Split('.', 2) switch
        {
            ["gt", var value] => (long)row[q.Key]! > long.Parse(value, provider: null),
            ["eq", var value] => row[q.Key]?.ToString() == value,
            _ => false,
        });
}
