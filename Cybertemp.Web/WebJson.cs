using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Inboxes;
using Cybertemp.Web.Live;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Refusals;
using Cybertemp.Web.Webhooks;

namespace Cybertemp.Web;

/// <summary>The JSON of the API: camelCase, times in UTC (ISO 8601), nothing escaped that need not be.</summary>
[JsonSerializable(typeof(IReadOnlyList<DomainEntry>))]
[JsonSerializable(typeof(NewInbox))]
[JsonSerializable(typeof(InboxName))]
[JsonSerializable(typeof(InboxLifetime))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(MessageSummary))]
[JsonSerializable(typeof(MessageDetail))]
[JsonSerializable(typeof(ReadFlag))]
[JsonSerializable(typeof(DeletedCount))]
[JsonSerializable(typeof(FoundCode))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(NewSession))]
[JsonSerializable(typeof(OpenSession))]
[JsonSerializable(typeof(RefusalList))]
internal sealed partial class WebJson : JsonSerializerContext
{
    public static WebJson Api { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
