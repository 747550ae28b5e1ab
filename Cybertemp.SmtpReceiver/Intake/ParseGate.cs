using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>
/// Reads small messages at once, large ones on threads of their own. Of those only so many are read at a time that some
/// processors stay with the sessions, and that they have together no more octets than one message may have: reading
/// takes several times the memory of the message. Thread-safe.
/// </summary>
internal sealed class ParseGate(
    Func<ReadOnlyMemory<byte>, ParsedMessage> read, long maxMessageBytes, int maxLargeAtOnce, TimeProvider time)
{
    /// <summary>Reading so many octets takes some milliseconds, whatever they are.</summary>
    public const int MaxSmallBytes = 64 * 1024;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly WeightedSemaphore _octets = new(maxMessageBytes, int.MaxValue, time);
    private readonly long _least = maxMessageBytes / maxLargeAtOnce;

    /// <summary>Half of the processors stay with the sessions.</summary>
    public ParseGate(MessageReader reader, IOptions<SmtpOptions> options, TimeProvider time)
        : this(reader.Read, options.Value.MaxMessageBytes, Math.Max(Environment.ProcessorCount / 2, 1), time)
    {
    }

    /// <summary>
    /// Null when others did not finish within a minute, or <paramref name="ct"/> was cancelled before the turn came.
    /// </summary>
    public ValueTask<ParsedMessage?> ReadAsync(ReadOnlyMemory<byte> content, CancellationToken ct) =>
        content.Length <= MaxSmallBytes ? new(read(content)) : new(ReadLargeAsync(content, ct));

    private async Task<ParsedMessage?> ReadLargeAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var units = Math.Clamp(content.Length, _least, maxMessageBytes);
        if (!await _octets.TakeAsync(units, MaxWait, ct))
        {
            return null;
        }

        try
        {
            return await Task.Factory.StartNew(
                () => read(content), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _octets.Release(units);
        }
    }
}
