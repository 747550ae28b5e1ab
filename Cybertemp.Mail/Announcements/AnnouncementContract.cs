using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cybertemp.Mail.Announcements;

/// <summary>
/// Channel and encoding of what receivers say after a commit: a JSON array of
/// <c>{"inbox", "id", "messageUid", "receivedAt"}</c>. Best effort: one that is lost costs its readers time, not mail.
/// </summary>
internal static class AnnouncementContract
{
    public const string Channel = "cybertemp:mail";

    /// <summary>Of one announcement; further rows are in the next one.</summary>
    public const int MaxMessages = 500;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, IReadOnlyList<AnnouncedMessage> messages)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("inbox"u8, message.Inbox);
            json.WriteString("id"u8, message.Id);
            json.WriteString("messageUid"u8, message.MessageUid);
            json.WriteString("receivedAt"u8, message.ReceivedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// Calls back for each message that is whole; false when the rest was not what a receiver writes.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> announcement, Action<AnnouncedMessage> found)
    {
        var json = new Utf8JsonReader(announcement);
        try
        {
            if (!json.Read() || json.TokenType is not JsonTokenType.StartArray)
            {
                return false;
            }

            while (json.Read() && json.TokenType is JsonTokenType.StartObject)
            {
                if (ReadOne(ref json) is not { } message)
                {
                    return false;
                }

                found(message);
            }

            return json.TokenType is JsonTokenType.EndArray;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static AnnouncedMessage? ReadOne(ref Utf8JsonReader json)
    {
        var message = default(AnnouncedMessage);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("inbox"u8))
            {
                json.Read();
                message = message with { Inbox = json.GetString() ?? "" };
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                message = message with { Id = json.GetGuid() };
            }
            else if (json.ValueTextEquals("messageUid"u8))
            {
                json.Read();
                message = message with { MessageUid = json.GetGuid() };
            }
            else if (json.ValueTextEquals("receivedAt"u8))
            {
                json.Read();
                message = message with { ReceivedAt = json.GetDateTime() };
            }
            else
            {
                json.Skip();
            }
        }

        return message.Inbox is { Length: > 0 } && message.Id != Guid.Empty ? message : null;
    }
}
