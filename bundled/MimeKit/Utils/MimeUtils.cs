using System.Text;

namespace MimeKit.Utils;

public static class MimeUtils
{
    /// <summary>The first message-id, without angle brackets; null when there is none.</summary>
    public static string? ParseMessageId(string text) => MessageIdParser.Parse(Encoding.UTF8.GetBytes(text));

    public static IEnumerable<string> EnumerateReferences(string text) =>
        MessageIdParser.ParseAll(Encoding.UTF8.GetBytes(text));
}
