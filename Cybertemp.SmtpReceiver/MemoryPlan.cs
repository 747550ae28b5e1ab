using System.Globalization;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.SmtpReceiver;

/// <summary>
/// How the memory that the process may use is divided, so that the sum of all budgets fits it. Budgets that nobody
/// configured become smaller where memory is short.
/// </summary>
/// <param name="AvailableBytes">What the runtime may use: the container's limit, or the machine's memory.</param>
/// <param name="ContentBytes">Of messages that are being received or stored.</param>
/// <param name="QueuedBytes">Of messages that wait for a writer, beside their content.</param>
/// <param name="IsReduced">A budget is below its default.</param>
/// <param name="IsTooLittle">Not even one message of the size allowed fits.</param>
internal sealed record MemoryPlan(
    long AvailableBytes, long ContentBytes, long QueuedBytes, bool IsReduced, bool IsTooLittle)
{
    private const string ContentKey = $"{SmtpOptions.Section}:{nameof(SmtpOptions.MaxInFlightBytes)}";
    private const string QueueKey = $"{StorageOptions.Section}:{nameof(StorageOptions.MaxQueuedBytes)}";
    private const long MiB = 1024 * 1024;

    /// <summary>
    /// The runtime, the code, filters and pools; an estimate, with a resident set of about 90 MiB in view.
    /// </summary>
    private const long BaseBytes = 96 * MiB;

    /// <summary>Measured 6.5 KB for an idle plain session.</summary>
    private const long BytesPerSession = 8 * 1024;

    /// <summary>What parsing takes for a message, its content included, at most: docs/mime.md.</summary>
    private const int ParseFactor = 8;

    /// <summary>The queue's part of the memory where nothing is configured and memory is short.</summary>
    private const int QueueDivisor = 8;

    /// <summary>Leaves what is configured as it is.</summary>
    /// <exception cref="ConfigurationException">A configured budget is too large for the memory there is.</exception>
    public static MemoryPlan Create(
        SmtpOptions smtp, StorageOptions storage, bool isQueueConfigured, long availableBytes)
    {
        var queued = isQueueConfigured
            ? storage.MaxQueuedBytes
            : Math.Min(storage.MaxQueuedBytes, availableBytes / QueueDivisor);
        var room = availableBytes - BaseBytes - (smtp.MaxSessions * BytesPerSession)
            - ((long)ParseFactor * smtp.MaxMessageBytes) - queued;
        var least = ContentBudget.LeastLimitFor(smtp.MaxMessageBytes);
        var configured = smtp.MaxInFlightBytes;
        if (room < (configured ?? least) && (configured is not null || isQueueConfigured))
        {
            var key = configured is not null ? ContentKey : QueueKey;
            throw new ConfigurationException(TooLarge(key, configured ?? queued, availableBytes, room));
        }

        var usual = Math.Max(least, SmtpOptions.DefaultMaxInFlightBytes);
        var content = configured ?? Math.Clamp(room, least, usual);
        var isReduced = (configured is null && content < usual) || queued < storage.MaxQueuedBytes;
        return new MemoryPlan(availableBytes, content, queued, isReduced, IsTooLittle: room < least);
    }

    private static string TooLarge(string key, long value, long available, long room) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key} is '{value}': the process may use {available / MiB} MiB of memory, which leaves "
        + $"{Math.Max(0, room) / MiB} MiB for {ContentKey}. Lower {key}, "
        + $"{SmtpOptions.Section}:{nameof(SmtpOptions.MaxMessageBytes)} or "
        + $"{SmtpOptions.Section}:{nameof(SmtpOptions.MaxSessions)}, or give it more memory.");
}
