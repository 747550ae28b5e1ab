using MimeKit;

namespace Cybertemp.SmtpReceiver.Mime;

/// <summary>Every part that is not shown as the body: [{name, contentType, sizeBytes, contentId, inline, index}].</summary>
internal static class AttachmentList
{
    private static readonly FormatOptions AsReceived = CreateFormat();

    /// <summary>"index" is the place among all leaves of the message, shown ones included, from 0.</summary>
    public static string ToJson(MimeMessage message, BodyText body, MimeLimits limits, ParseNotes notes)
    {
        var parts = message.BodyParts.Take(limits.MaxAttachments + 1).ToList();
        if (parts.Count > limits.MaxAttachments)
        {
            notes.Add($"Parts beyond the first {limits.MaxAttachments} were ignored.");
            parts.RemoveAt(limits.MaxAttachments);
        }

        if (parts.Exists(IsUnopened))
        {
            notes.Add($"Parts nested deeper than {limits.MaxDepth} levels were not opened.");
        }

        return parts.TrueForAll(body.Shown.Contains) ? "[]" : ToJson(parts, body, limits);
    }

    private static string ToJson(List<MimeEntity> parts, BodyText body, MimeLimits limits)
    {
        using var json = new JsonText(expectedBytes: 256);
        json.Writer.WriteStartArray();
        foreach (var (index, part) in parts.Index())
        {
            if (!body.Shown.Contains(part))
            {
                Write(json, part, index, limits);
            }
        }

        json.Writer.WriteEndArray();
        return json.ToString();
    }

    private static void Write(JsonText json, MimeEntity part, int index, MimeLimits limits)
    {
        var disposition = part.ContentDisposition;
        var name = (part as MimePart)?.FileName ?? disposition?.FileName ?? part.ContentType.Name;
        var contentId = part.ContentId;
        var isInline = disposition is null
            ? contentId is not null
            : disposition.Disposition.Equals("inline", StringComparison.OrdinalIgnoreCase);
        json.Writer.WriteStartObject();
        json.Writer.WriteString("name", SafeFileName.Of(StoredText.Clean(name, limits.MaxFieldLength), Fallback(part, index)));
        json.Writer.WriteString("contentType", StoredText.Clean(part.ContentType.MimeType, limits.MaxFieldLength));
        json.Writer.WriteNumber("sizeBytes", DecodedLength(part));
        json.Writer.WriteString("contentId", contentId is null ? null : StoredText.Clean(contentId, limits.MaxFieldLength));
        json.Writer.WriteBoolean("inline", isInline);
        json.Writer.WriteNumber("index", index);
        json.Writer.WriteEndObject();
    }

    private static string Fallback(MimeEntity part, int index) => (part, part.ContentType.MediaSubtype.ToLowerInvariant()) switch
    {
        (MessagePart, _) => $"message-{index}.eml",
        (TextPart, "plain") => $"part-{index}.txt",
        (_, "html" or "calendar" or "csv" or "pdf" or "png" or "gif" or "zip") => $"part-{index}.{Extension(part)}",
        (_, "jpeg") => $"part-{index}.jpg",
        _ => $"part-{index}.bin",
    };

    private static string Extension(MimeEntity part) =>
        part.ContentType.MediaSubtype.ToLowerInvariant() is "calendar" ? "ics" : part.ContentType.MediaSubtype.ToLowerInvariant();

    private static long DecodedLength(MimeEntity part)
    {
        using var counter = new CountingStream();
        switch (part)
        {
            case MimePart { Content: { } content }:
                content.DecodeTo(counter);
                break;
            case MessagePart { Message: { } message }:
                message.WriteTo(AsReceived, counter);
                break;
        }

        return counter.Length;
    }

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    private static bool IsUnopened(MimeEntity part) => part is MimePart
        && (part.ContentType.IsMimeType("multipart", "*") || part.ContentType.IsMimeType("message", "rfc822"));
}
