using System.Text.Json.Serialization;

namespace Cybertemp.Web.Inboxes;

/// <summary>An address to receive mail at.</summary>
/// <param name="ExpiresAt">When it ends, UTC; null when it is as any other address.</param>
/// <param name="Token">For <c>Authorization: Bearer</c>; shown this once, null when the inbox is not claimed.</param>
internal sealed record InboxName(
    string Address,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? ExpiresAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null);
