using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>A private inbox, by the names that clients know.</summary>
internal sealed record OwnInbox(
    string Id, string Address, [property: JsonPropertyName("inbox_address")] string InboxAddress);
