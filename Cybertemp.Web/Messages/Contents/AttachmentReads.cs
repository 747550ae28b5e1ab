using Cybertemp.Mail.Mime;
using Cybertemp.Web.Access;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>
/// Finds an attachment in a message's octets with the reader that counted it. At most two messages are in memory for
/// it at a time; others wait. Thread-safe.
/// </summary>
internal sealed class AttachmentReads(MessageReads messages, MessageReader reader) : IDisposable
{
    private const int MaxAtOnce = 2;

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    /// <summary>The decoded octets; null when the message has no such attachment.</summary>
    /// <param name="asker">Sees the message.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="index">From 0.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Reader asker, MessageId id, int index, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            await using var octets = await messages.OpenAsync(asker, id, ct);
            if (octets is null)
            {
                return null;
            }

            var raw = new byte[octets.Length];
            await octets.Stream.ReadExactlyAsync(raw, ct);
            return await Task.Run(() => reader.ReadAttachment(raw, index), ct);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
