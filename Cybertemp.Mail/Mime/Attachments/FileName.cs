using Cybertemp.Mail.Mime.Body;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Headers;
using MimeKit;

namespace Cybertemp.Mail.Mime.Attachments;

/// <summary>
/// The name of an attachment: as the sender gave it, else made of what it is. Never empty, and harmless.
/// </summary>
internal static class FileName
{
    public static string Of(MimeEntity part, int index, DeclaredCharset elsewhere, MimeLimits limits)
    {
        var name = Parameter(part, HeaderId.ContentDisposition, "filename", elsewhere)
            ?? Parameter(part, HeaderId.ContentType, "name", elsewhere);
        return SafeFileName.Of(StoredText.Clean(name, limits.MaxFieldLength), "") is { Length: > 0 } safe
            ? safe
            : Made(part, index, elsewhere, limits);
    }

    private static string? Parameter(MimeEntity part, HeaderId id, string name, DeclaredCharset elsewhere)
    {
        var index = part.Headers.IndexOf(id);
        return index < 0 ? null : FieldParameter.Find(part.Headers[index].RawValue, name, elsewhere);
    }

    private static string Made(MimeEntity part, int index, DeclaredCharset elsewhere, MimeLimits limits)
    {
        var subtype = part.ContentType.MediaSubtype.ToLowerInvariant();
        return (part, subtype) switch
        {
            (MessagePart, _) => $"message-{index}.eml",
            (TextPart text, "calendar") => SafeFileName.Of(
                $"{CalendarEvent.Summary(PartText.Read(text, elsewhere, limits)) ?? $"part-{index}"}.ics",
                $"part-{index}.ics"),
            (TextPart, "plain") => $"part-{index}.txt",
            (_, "calendar") => $"part-{index}.ics",
            (_, "html" or "csv" or "pdf" or "png" or "gif" or "zip") => $"part-{index}.{subtype}",
            (_, "jpeg") => $"part-{index}.jpg",
            _ => $"part-{index}.bin",
        };
    }
}
