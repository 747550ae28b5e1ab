using System.Runtime.CompilerServices;
using Cybertemp.Mail;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>
/// From the first octet of content to the reply that says what became of the message. Owned by one session.
/// </summary>
internal sealed class MessageReceiver(
    SmtpShared shared, SmtpPeer peer, SmtpTransport transport, SessionState session, SessionTrace trace)
    : IDisposable
{
    private readonly MailTransaction _transaction = session.Transaction;
    private readonly ContentReader _reader = new(
        transport, shared.Options, new ContentReservation(shared.Content, ClientKey.Of(peer.Address)), shared.Time);

    /// <summary>Of the message that has begun.</summary>
    public ContentClock Clock => _reader.Clock;

    /// <summary>Before the first octet.</summary>
    /// <param name="announced">Octets that will come at least; 0 when nobody knows.</param>
    /// <returns>Null, or the reply that says that there is no room for the message.</returns>
    public SmtpReply? Begin(long announced)
    {
        trace.ContentBegan();
        return _reader.Start(_transaction.MaxContentBytes, Math.Max(announced, _transaction.DeclaredBytes));
    }

    /// <summary>Reads DATA to its end and hands the message over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpReply> ReceiveDataAsync(CancellationToken ct)
    {
        var status = await _reader.ReadDataAsync();
        return Refuse(status) ?? await AcceptAsync(ct);
    }

    /// <summary>Reads a chunk; with the last one the message is handed over.</summary>
    /// <returns>The reply, and whether the message was handed over.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(SmtpReply Reply, bool IsComplete)> ReceiveChunkAsync(BdatChunk chunk, CancellationToken ct)
    {
        if (chunk.Octets > 2L * shared.Options.MaxMessageBytes)
        {
            return (SmtpReply.MessageFarTooLarge, false);
        }

        if (chunk.Refusal is not null)
        {
            _reader.Content.Discard();
        }

        var status = await _reader.ReadChunkAsync(chunk.Octets);
        var refusal = status is ContentStatus.Complete && chunk.Refusal is not null ? chunk.Refusal : Refuse(status);
        return (refusal, chunk.IsLast) switch
        {
            (not null, _) => (refusal, false),
            (null, false) => (SmtpReply.ChunkOk, false),
            (null, true) => (await AcceptAsync(ct), true),
        };
    }

    /// <summary>Lets go of the content, whatever became of it.</summary>
    public void Clear() => _reader.Content.Release();

    public void Dispose() => _reader.Content.Release();

    private SmtpReply? Refuse(ContentStatus status) => status switch
    {
        ContentStatus.Complete when _reader.Content.Refusal is { } noRoom => noRoom,
        ContentStatus.Complete when !_reader.Content.IsOverLimit => null,
        ContentStatus.Complete when _reader.Content.Length <= shared.Options.MaxMessageBytes =>
            SmtpReply.CopiesTooLarge,
        ContentStatus.Complete => SmtpReply.MessageTooLarge,
        ContentStatus.LookAlike => SmtpReply.EndOfDataLookAlike,
        ContentStatus.FarTooLarge => SmtpReply.MessageFarTooLarge,
        ContentStatus.TimedOut => Clock.TimeoutReply,
        ContentStatus.Stopping => SmtpReply.ShuttingDown,
        ContentStatus.Closed => SmtpReply.ConnectionLost,
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> AcceptAsync(CancellationToken ct)
    {
        var envelope = new MailEnvelope(
            _transaction.MailFrom, _transaction.CopyRecipients(), peer.Address, session.Helo, session.Tls);
        var message = new ReceivedMessage(
            TimeOrderedId.Create(shared.Time.GetUtcNow()), envelope, _reader.Content.Take());

        shared.Metrics.MessageHandedOver(message.Content.Length);
        trace.MessageHandedOver(message);
        var reply = await shared.Backend.Sink.AcceptAsync(message, ct);
        if (!reply.IsNegative)
        {
            shared.Mail.Accepted(peer, message);
            foreach (var recipient in envelope.Recipients)
            {
                shared.Inboxes.MessageAccepted(recipient);
            }
        }

        return reply;
    }
}
