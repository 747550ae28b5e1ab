using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cybertemp.Tests.Support;
using Supabase.Postgrest.Models;
using Supabase.Realtime;
using Supabase.Realtime.Exceptions;
using Supabase.Realtime.PostgresChanges;
using Client = Supabase.Client;

namespace Cybertemp.Tests.Supabase;

/// <summary>What the published package was seen to send and to make of the frames.</summary>
public sealed class RealtimeTests : IAsyncLifetime
{
    private SupabaseServer _server = null!;
    private Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SupabaseServer.StartAsync();
        _client = new Client(_server.Url, SupabaseServer.Key);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Realtime.Disconnect();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_frames_are_those_of_the_published_package()
    {
        await _client.Realtime.ConnectAsync();
        var channel = _client.Realtime.Channel("domains-sync");
        channel.OnPostgresChange(
            static (_, _) => { },
            PostgresChangesOptions.ListenType.All,
            new() { Schema = "public", Table = "domains" });
        channel.OnPostgresChange(
            static (_, _) => { }, PostgresChangesOptions.ListenType.Inserts,
            new() { Schema = "public", Table = "bans", Filter = "id=gt.5" });
        await channel.Subscribe(10_000);
        await Eventually.TrueAsync(() => _server.Realtime.Received.Count >= 3);

        var received = _server.Realtime.Received.ToArray();
        Assert.Equal($"/realtime/v1/websocket?apikey={SupabaseServer.Key}&vsn=1.0.0", received[0]);
        var frames = received[1..].Select(static f => JsonNode.Parse(f)!)
            .ToLookup(static f => (string)f["event"]!, StringComparer.Ordinal);
        Assert.Equal("""{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"R"}""", Anonymous(
            frames["heartbeat"].Single()));
        Assert.Equal(
            """{"topic":"realtime:domains-sync","event":"phx_join","payload":{"config":"""
            + """{"broadcast":{"self":false,"ack":false},"presence":{"key":""},"postgres_changes":["""
            + """{"schema":"public","table":"domains","event":"*"},"""
            + """{"schema":"public","table":"bans","filter":"id=gt.5","event":"INSERT"}],"private":false}}"""
            + ""","ref":"R","join_ref":"R"}""",
            Anonymous(frames["phx_join"].Single()));
        var headers = Assert.Single(_server.Realtime.ConnectionHeaders);
        Assert.Equal(SupabaseServer.Key, headers["apiKey"]);
        Assert.Equal($"Bearer {SupabaseServer.Key}", headers["Authorization"]);
    }

    [Fact]
    public async Task Changes_of_the_table_come_as_models()
    {
        await _client.Realtime.ConnectAsync();
        var changes = new ConcurrentQueue<(string?, long?)>();
        var channel = _client.Realtime.Channel("domains-sync");
        channel.OnPostgresChange(
            (_, change) => changes.Enqueue((change.Model<Row>()?.Domain, change.OldModel<Row>()?.Id)),
            PostgresChangesOptions.ListenType.All,
            new() { Schema = "public", Table = "domains" });
        await channel.Subscribe(10_000);
        Assert.True(channel.IsJoined);

        await _server.InsertBanAsync("domain", "not.for.us");
        var id = await _server.InsertDomainAsync("a.example");
        await _server.DeleteAsync("domains", id);
        await Eventually.TrueAsync(() => changes.Count >= 2);
        Assert.Equal([("a.example", null), (null, id)], changes);
    }

    [Fact]
    public async Task A_lost_socket_is_connected_and_its_channel_joined_again()
    {
        await _client.Realtime.ConnectAsync();
        var states = new ConcurrentQueue<Constants.ChannelState>();
        var channel = _client.Realtime.Channel("domains-sync");
        channel.AddStateChangedHandler((_, state) => states.Enqueue(state));
        channel.OnPostgresChange(
            static (_, _) => { },
            PostgresChangesOptions.ListenType.All,
            new() { Schema = "public", Table = "domains" });
        await channel.Subscribe(10_000);

        _server.Realtime.DropAll();
        await Eventually.TrueAsync(() => _server.Realtime.Joins == 2 && channel.IsJoined);
        Assert.Equal(2, states.Count(static s => s is Constants.ChannelState.Joined));
    }

    [Fact]
    public async Task A_refused_join_is_an_exception_with_the_frame()
    {
        _server.Realtime.JoinRefusal = "Unauthorized: You do not have permissions";
        await _client.Realtime.ConnectAsync();
        var ex = await Assert.ThrowsAsync<RealtimeException>(() => _client.Realtime.Channel("bad").Subscribe(10_000));
        Assert.Equal(FailureHint.Reason.ChannelJoinFailure, ex.Reason);
        Assert.Contains("Unauthorized", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_cannot_connect() =>
        await Assert.ThrowsAsync<RealtimeException>(() => new Client(_server.Url, "wrong").Realtime.ConnectAsync());

    [Fact]
    public void A_channel_needs_a_connection()
    {
        var ex = Assert.ThrowsAny<Exception>(() => _client.Realtime.Channel("x"));
        Assert.Equal("Socket must exist, was `Connect` called?", ex.Message);
    }

    /// <summary>References are new each time, and the same within a frame.</summary>
    private static string Anonymous(JsonNode frame) =>
        frame.ToJsonString().Replace((string)frame["ref"]!, "R", StringComparison.Ordinal);

    [global::Supabase.Postgrest.Attributes.Table("domains")]
    private sealed class Row : BaseModel
    {
        [global::Supabase.Postgrest.Attributes.PrimaryKey("id")]
        public long Id { get; set; }

        [global::Supabase.Postgrest.Attributes.Column("domain")]
        public string? Domain { get; set; }
    }
}
