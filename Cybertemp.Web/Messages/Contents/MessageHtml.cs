using Cybertemp.Mail.Mime;
using Cybertemp.Web.Access;
using Cybertemp.Web.Html;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>
/// A message's HTML made safe, with the pictures that it brings. As many at a time as there are processors, since a
/// hostile one takes a second of one; others wait. Thread-safe.
/// </summary>
internal sealed class MessageHtml(MessageReads messages, MessageReader reader) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <summary>The document; null where this reader sees no such message.</summary>
    /// <param name="asker">Sees the message.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="showsRemote">Whether pictures of the web stay.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<string?> RenderAsync(Reader asker, MessageId id, bool showsRemote, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            if (await messages.FindAsync(asker, id, ct) is not { } message)
            {
                return null;
            }

            var raw = HasPictures(message) ? await ReadAsync(asker, id, ct) : [];
            return await Task.Run(
                () => MailDocument.Render(message.Subject, message.Html, cid => Part(message, raw, cid), showsRemote),
                ct);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static bool HasPictures(MessageDetail message) =>
        message.Attachments.Any(static a => a.ContentId is not null)
        && message.Html.Contains("cid:", StringComparison.OrdinalIgnoreCase);

    private async Task<byte[]> ReadAsync(Reader asker, MessageId id, CancellationToken ct)
    {
        await using var octets = await messages.OpenAsync(asker, id, ct);
        if (octets is null)
        {
            return [];
        }

        var raw = new byte[octets.Length];
        await octets.Stream.ReadExactlyAsync(raw, ct);
        return raw;
    }

    private ReadOnlyMemory<byte> Part(MessageDetail message, byte[] raw, string contentId)
    {
        var part = message.Attachments.FirstOrDefault(a => a.ContentId == contentId);
        return part is { SizeBytes: <= RasterImage.MaxBytes } && raw.Length > 0
            ? reader.ReadAttachment(raw, part.Index) ?? default
            : default;
    }
}
