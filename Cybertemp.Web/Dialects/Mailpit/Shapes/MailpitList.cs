using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>Part of the mailbox, by Mailpit's names. Numbers end at 10,000.</summary>
/// <param name="Total">In the mailbox.</param>
/// <param name="Unread">In the mailbox.</param>
/// <param name="Count">In this list.</param>
/// <param name="MessagesCount">That the search found.</param>
/// <param name="MessagesUnread">Of those.</param>
/// <param name="Messages">Newest first.</param>
internal sealed record MailpitList(
    [property: JsonPropertyName("total")] int Total,
    [property: JsonPropertyName("unread")] int Unread,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("messages_count")] int MessagesCount,
    [property: JsonPropertyName("messages_unread")] int MessagesUnread,
    [property: JsonPropertyName("start")] int Start,
    [property: JsonPropertyName("tags")] IReadOnlyList<string> Tags,
    [property: JsonPropertyName("messages")] IReadOnlyList<MailpitSummary> Messages);
