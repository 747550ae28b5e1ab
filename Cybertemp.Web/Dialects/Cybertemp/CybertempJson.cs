using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>The JSON of the Rust server.</summary>
[JsonSerializable(typeof(IAsyncEnumerable<Email>))]
[JsonSerializable(typeof(Email))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Deletion))]
[JsonSerializable(typeof(Deleted))]
[JsonSerializable(typeof(OwnInboxes))]
internal sealed partial class CybertempJson : JsonSerializerContext
{
    /// <summary>Not a plan that anybody has: what clients compare with what they show, and count down from.</summary>
    public const string Plan = """
        {"plan":"ELITE","type":"ELITE","status":"active","credits":1000000000,"creditsUsed":0,"creditsRemaining":1000000000,
        "subdomainsCreated":0,"subdomainsAvailable":1000000000,"maxSubdomains":1000000000,"unlimited":true}
        """;

    public const string Balance = """{"balance":1000000000,"unlimited":true}""";

    public const string User = """{"plan":{"type":"ELITE","status":"active"}}""";

    public static CybertempJson Api { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
