using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>The body of <c>deleteEmail</c>, <c>deleteInbox</c> and of a DELETE of <c>user/inboxes</c>.</summary>
/// <param name="Id">Of the message.</param>
/// <param name="Email">The inbox.</param>
/// <param name="InboxAddress">The inbox as well.</param>
internal sealed record Deletion(
    string? Id = null, string? Email = null, [property: JsonPropertyName("inbox_address")] string? InboxAddress = null);
