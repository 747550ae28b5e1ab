using System.Runtime.CompilerServices;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>From the first octet of content to the reply that says what became of the message. Owned by one session.</summary>
internal sealed class MessageReceiver(
    SmtpServer server, SmtpPeer peer, SmtpTransport transport, MailTransaction transaction, SessionTrace trace) : IDisposable
{
    private readonly ContentReader _reader = new(transport, server.Options, server.InFlight, server.Time);

    /// <summary>The argument of the last EHLO or HELO.</summary>
    public string Helo { get; set; } = "";

    /// <summary>TLS version and cipher suite, or null for a plain session.</summary>
    public string? Tls { get; set; }

    /// <summary>Before the first octet.</summary>
    public void Begin()
    {
        trace.ContentBegan();
        _reader.Start(transaction.MaxContentBytes);
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
        if (chunk.Octets > 2L * server.Options.MaxMessageBytes)
        {
            return (SmtpReply.MessageFarTooLarge, false);
        }

        if (chunk.Refusal is not null)
        {
            _reader.Discard();
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
    public void Clear() => _reader.Release();

    public void Dispose() => _reader.Release();

    private SmtpReply? Refuse(ContentStatus status) => status switch
    {
        ContentStatus.Complete when !_reader.Content.IsOverLimit => null,
        ContentStatus.Complete when _reader.Content.Length <= server.Options.MaxMessageBytes => SmtpReply.CopiesTooLarge,
        ContentStatus.Complete => SmtpReply.MessageTooLarge,
        ContentStatus.LookAlike => SmtpReply.EndOfDataLookAlike,
        ContentStatus.OverBudget => SmtpReply.MemoryFull,
        ContentStatus.FarTooLarge => SmtpReply.MessageFarTooLarge,
        ContentStatus.TimedOut => SmtpReply.DataTimeout,
        ContentStatus.TooSlow => SmtpReply.TooSlow,
        ContentStatus.Stopping => SmtpReply.ShuttingDown,
        ContentStatus.Closed => SmtpReply.ConnectionLost,
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> AcceptAsync(CancellationToken ct)
    {
        var message = new ReceivedMessage
        {
            Uid = Guid.CreateVersion7(server.Time.GetUtcNow()),
            MailFrom = transaction.MailFrom,
            Recipients = transaction.CopyRecipients(),
            Content = _reader.Content.ToArray(),
            ClientAddress = peer.Address,
            Helo = Helo,
            Tls = Tls,
        };

        // Only the segments go back: the octets count as in flight until the message is stored or refused.
        _reader.Content.Release();
        server.Metrics.MessageHandedOver(message.Content.Length);
        trace.MessageHandedOver(message);
        return await server.Ports.Sink.AcceptAsync(message, ct);
    }
}
