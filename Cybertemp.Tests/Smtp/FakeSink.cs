using System.Collections.Concurrent;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Content;

namespace Cybertemp.Tests.Smtp;

/// <summary>Keeps messages in memory; a test may set the reply, or hold it back.</summary>
internal sealed class FakeSink : IMessageSink
{
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    public bool IsAvailable { get; set; } = true;

    public Func<ReceivedMessage, CancellationToken, ValueTask<SmtpReply>> Reply { get; set; } =
        static (message, _) => ValueTask.FromResult(SmtpReply.Accepted(message.Uid));

    /// <summary>What the runtime throws when there is no memory.</summary>
    public static Exception LackOfMemory() => Activator.CreateInstance<OutOfMemoryException>();

    public ValueTask<SmtpReply> AcceptAsync(ReceivedMessage message, CancellationToken ct)
    {
        Messages.Enqueue(message);
        return Reply(message, ct);
    }
}
