using System.Text.Json;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>The jsonb columns that the receiver writes. What an older one wrote otherwise is left out.</summary>
internal static class StoredJson
{
    /// <summary>From <c>[{name, contentType, sizeBytes, contentId, inline, index}]</c>.</summary>
    public static IReadOnlyList<MessageAttachment> Attachments(string json)
    {
        using var document = JsonDocument.Parse(json);
        var attachments = new List<MessageAttachment>(document.RootElement.GetArrayLength());
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            attachments.Add(new MessageAttachment(
                attachments.Count,
                Text(entry, "name") ?? "",
                Text(entry, "contentType") ?? "",
                entry.TryGetProperty("sizeBytes", out var size) && size.TryGetInt64(out var bytes) ? bytes : 0,
                Text(entry, "contentId"),
                entry.TryGetProperty("inline", out var inline) && inline.ValueKind is JsonValueKind.True));
        }

        return attachments;
    }

    /// <summary>From <c>[[name, value]]</c>.</summary>
    public static IReadOnlyList<MessageHeader> Headers(string json)
    {
        using var document = JsonDocument.Parse(json);
        var headers = new List<MessageHeader>(document.RootElement.GetArrayLength());
        foreach (var field in document.RootElement.EnumerateArray())
        {
            if (field.ValueKind is JsonValueKind.Array && field.GetArrayLength() == 2)
            {
                headers.Add(new MessageHeader(field[0].GetString() ?? "", field[1].GetString() ?? ""));
            }
        }

        return headers;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
