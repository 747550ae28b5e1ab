using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>The JSON of tools: as the API's.</summary>
[JsonSerializable(typeof(MailList))]
[JsonSerializable(typeof(MailText))]
[JsonSerializable(typeof(FoundMail))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    public static ToolJson Api { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
