using Newtonsoft.Json.Linq;
using Supabase.Realtime.Interfaces;

namespace Supabase.Realtime.PostgresChanges;

/// <summary>A handler, and what the server was told and said about it.</summary>
internal sealed class Binding(
    IRealtimeChannel.PostgresChangesHandler handler, PostgresChangesOptions.ListenType type,
    PostgresChangesFilter? filter)
{
    public IRealtimeChannel.PostgresChangesHandler Handler => handler;

    /// <summary>The server's number for it; it comes with each change.</summary>
    public long? Id { get; set; }

    public JObject ToJson()
    {
        var json = new JObject { ["schema"] = filter?.Schema ?? "public" };
        if (filter?.Table is { } table)
        {
            json["table"] = table;
        }

        if (filter?.Filter is { } rows)
        {
            json["filter"] = rows;
        }

        json["event"] = type switch
        {
            PostgresChangesOptions.ListenType.All => "*",
            PostgresChangesOptions.ListenType.Inserts => "INSERT",
            PostgresChangesOptions.ListenType.Updates => "UPDATE",
            PostgresChangesOptions.ListenType.Deletes => "DELETE",
        };
        return json;
    }
}
