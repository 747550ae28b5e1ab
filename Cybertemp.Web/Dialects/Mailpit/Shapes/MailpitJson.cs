using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>The JSON of Mailpit: names as they are.</summary>
[JsonSerializable(typeof(MailpitList))]
[JsonSerializable(typeof(MailpitMessage))]
[JsonSerializable(typeof(MailpitInfo))]
[JsonSerializable(typeof(MailpitChange))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class MailpitJson : JsonSerializerContext
{
    public static MailpitJson Api { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
