using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>Header fields as text, each within bounds.</summary>
internal sealed class HeaderFields(MimeMessage message, MimeLimits limits)
{
    /// <summary>JSON array of [name, value] in the order of the message.</summary>
    public string ToJson()
    {
        using var json = new JsonText(expectedBytes: 1024);
        json.Writer.WriteStartArray();
        foreach (var header in InOrder())
        {
            json.Writer.WriteStartArray();
            json.Writer.WriteStringValue(StoredText.Clean(header.Field.Trim(), limits.MaxFieldLength));
            json.Writer.WriteStringValue(Value(header));
            json.Writer.WriteEndArray();
        }

        json.Writer.WriteEndArray();
        return json.ToString();
    }

    /// <summary>The first Subject; "" when absent.</summary>
    public string Subject =>
        message.Headers.FirstOrDefault(header => header.Field.Equals("Subject", StringComparison.OrdinalIgnoreCase))
            is { } header ? Value(header) : "";

    /// <summary>From a field longer than the limit the addresses at its beginning and the last one.</summary>
    public List<MailboxAddress> From(ParseNotes notes)
    {
        var isLong = message.Headers.Any(header => IsFrom(header) && header.RawValue.Length > limits.MaxFieldBytes);
        var from = (isLong ? ReadBeginning() : message.From.Mailboxes).Take(limits.MaxAddresses + 1).ToList();
        if (isLong || from.Count > limits.MaxAddresses)
        {
            notes.Add($"From addresses beyond {limits.MaxAddresses} or {limits.MaxFieldBytes} octets were ignored.");
        }

        return from.Count > limits.MaxAddresses ? from[..limits.MaxAddresses] : from;
    }

    /// <summary>The Content-* fields are those of the body, not of the message.</summary>
    private IEnumerable<Header> InOrder() =>
        message.Body is { } body ? message.Headers.Concat(body.Headers).OrderBy(header => header.Offset) : message.Headers;

    private static bool IsFrom(Header header) => header.Field.Equals("From", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<MailboxAddress> ReadBeginning()
    {
        var raw = message.Headers.First(IsFrom).RawValue.AsSpan();
        var beginning = raw[..Math.Min(raw.Length, limits.MaxFieldBytes)];
        beginning = beginning[..Math.Max(beginning.LastIndexOf((byte)','), 0)];
        var last = raw[Math.Max(raw.LastIndexOf((byte)'<'), 0)..];
        last = last[..Math.Min(last.Length, limits.MaxFieldBytes)];
        using var field = new MemoryStream([.. "From:"u8, .. beginning, .. ","u8, .. last, .. "\r\n\r\n"u8]);
        return MimeMessage.Load(field).From.Mailboxes;
    }

    private string Value(Header header)
    {
        var raw = header.RawValue;
        return StoredText.Clean(
            raw.Length > limits.MaxFieldBytes ? Rfc2047.DecodeText(raw[..limits.MaxFieldBytes]).Trim() : header.Value,
            limits.MaxFieldLength);
    }
}
