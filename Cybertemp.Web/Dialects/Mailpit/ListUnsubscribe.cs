using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>How to leave a mailing list (RFC 2369 §3.2, RFC 8058), as the header says it.</summary>
/// <param name="Links">Between angle brackets.</param>
internal sealed record ListUnsubscribe(string Header, IReadOnlyList<string> Links, string Errors, string HeaderPost)
{
    private const int MaxLinks = 10;

    public static ListUnsubscribe Of(IReadOnlyList<MessageHeader> header)
    {
        var field = Field(header, "List-Unsubscribe");
        var links = field.Split(',').Select(static l => l.Trim())
            .Where(static l => l is ['<', .., '>']).Take(MaxLinks).Select(static l => l[1..^1]);
        return new ListUnsubscribe(field, [.. links], "", Field(header, "List-Unsubscribe-Post"));
    }

    private static string Field(IReadOnlyList<MessageHeader> header, string name) =>
        header.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
