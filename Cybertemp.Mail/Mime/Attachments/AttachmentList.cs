using Cybertemp.Mail.Mime.Body;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Contents;
using Cybertemp.Mail.Mime.Headers;
using Cybertemp.Mail.Mime.Html;
using Cybertemp.Mail.Mime.Winmail;
using MimeKit;

namespace Cybertemp.Mail.Mime.Attachments;

/// <summary>Every leaf that is not shown as the body, the files of a winmail.dat in its place.</summary>
internal sealed class AttachmentList(
    EntityTree tree, BodyText body, OpenedWinmail winmail, DeclaredCharset declared, MimeLimits limits)
{
    private readonly HtmlReferences _references = new(body.Html);

    /// <summary>[{name, contentType, sizeBytes, contentId, inline, index}] in the order of the message.</summary>
    public string ToJson(ParseNotes notes)
    {
        if (tree.Leaves.Any(IsUnopened))
        {
            notes.Add($"Parts nested deeper than {limits.MaxDepth} levels were not opened.");
        }

        var attachments = All().Take(limits.MaxAttachments + 1).ToList();
        if (attachments.Count > limits.MaxAttachments)
        {
            notes.Add($"Attachments beyond the first {limits.MaxAttachments} were ignored.");
            attachments.RemoveAt(limits.MaxAttachments);
        }

        return attachments.Count == 0 ? "[]" : ToJson(attachments);
    }

    /// <summary>
    /// The octets of the entry at a place of the list, counted from 0, without transfer encoding; null when there is
    /// none.
    /// </summary>
    public ReadOnlyMemory<byte>? ContentAt(int place)
    {
        if (place < 0 || place >= limits.MaxAttachments)
        {
            return null;
        }

        foreach (var (leaf, file) in Entries().Select(static e => (e.Leaf, e.File)).Skip(place))
        {
            return file is null ? ContentOf(leaf) : ContentOf(leaf).Slice(file.Offset, (int)file.SizeBytes);
        }

        return null;
    }

    private IEnumerable<Attachment> All() =>
        Entries().Select(e => e.File is { } file ? Of(file, e.Index) : Of(e.Leaf, e.Index));

    /// <summary>Each leaf that is not shown, or in its place the files that it holds.</summary>
    private IEnumerable<(int Index, MimeEntity Leaf, WinmailFile? File)> Entries()
    {
        foreach (var (index, leaf) in tree.Leaves.Index())
        {
            if (winmail.Of(leaf) is { } message)
            {
                foreach (var file in message.Files)
                {
                    yield return (index, leaf, file);
                }
            }
            else if (!body.Shown.Contains(leaf))
            {
                yield return (index, leaf, null);
            }
        }
    }

    private Attachment Of(MimeEntity leaf, int index)
    {
        var location = leaf.Headers.IndexOf(HeaderId.ContentLocation);
        return new Attachment(
            FileName.Of(leaf, index, declared, limits),
            leaf.ContentType.MimeType,
            DecodedLength(leaf),
            leaf.ContentId,
            IsReferredTo(leaf.ContentId, location < 0
                ? null
                : HeaderText.Decode(leaf.Headers[location].RawValue, declared)),
            index);
    }

    private Attachment Of(WinmailFile file, int index) => new(
        SafeFileName.Of(file.Name ?? file.DisplayName, $"part-{index}.bin"),
        string.IsNullOrEmpty(file.ContentType) ? "application/octet-stream" : file.ContentType,
        file.SizeBytes,
        file.ContentId,
        IsReferredTo(file.ContentId, file.ContentLocation),
        index);

    /// <summary>The HTML shows it, whatever its disposition says.</summary>
    private bool IsReferredTo(string? contentId, string? location) =>
        (contentId is not null && _references.Contains($"cid:{contentId}"))
        || (location is not null && _references.Contains(location));

    private long DecodedLength(MimeEntity leaf)
    {
        if (leaf is MimePart part)
        {
            return PartContent.DecodedLength(part);
        }

        var octets = tree.OctetsOf(leaf).Span;
        return octets.Length + octets.Count((byte)'\n') - octets.Count("\r\n"u8);
    }

    /// <summary>Of an attached message with CRLF, as it is counted.</summary>
    private ReadOnlyMemory<byte> ContentOf(MimeEntity leaf)
    {
        if (leaf is MimePart part)
        {
            return PartContent.Decode(part, int.MaxValue).ToArray();
        }

        var octets = tree.OctetsOf(leaf).Span;
        var content = new byte[DecodedLength(leaf)];
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r'))
            {
                content[length++] = (byte)'\r';
            }

            content[length++] = octets[i];
        }

        return content;
    }

    private string ToJson(List<Attachment> attachments)
    {
        using var json = new JsonText(expectedBytes: 160 * attachments.Count);
        json.Writer.WriteStartArray();
        foreach (var attachment in attachments)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", StoredText.Clean(attachment.Name, limits.MaxFieldLength));
            json.Writer.WriteString("contentType", StoredText.Clean(attachment.ContentType, limits.MaxFieldLength));
            json.Writer.WriteNumber("sizeBytes", attachment.SizeBytes);
            json.Writer.WriteString("contentId", attachment.ContentId is { } id
                ? StoredText.Clean(id, limits.MaxFieldLength)
                : null);
            json.Writer.WriteBoolean("inline", attachment.IsInline);
            json.Writer.WriteNumber("index", attachment.Index);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        return json.ToString();
    }

    private static bool IsUnopened(MimeEntity leaf) =>
        leaf is MimePart { ContentTransferEncoding: not (ContentEncoding.Base64 or ContentEncoding.QuotedPrintable) }
        && (leaf.ContentType.IsMimeType("multipart", "*") || leaf.ContentType.IsMimeType("message", "rfc822"));
}
