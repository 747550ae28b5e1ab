using System.Net;
using Cybertemp.SmtpReceiver.Smtp.Session;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the SMTP server logs. What one client can cause is Debug or bounded.</summary>
internal static partial class SmtpLog
{
    [LoggerMessage(LogLevel.Information, "SMTP listens on {EndPoint} as {HostName}")]
    public static partial void Listening(ILogger logger, IPEndPoint endPoint, string hostName);

    [LoggerMessage(
        LogLevel.Warning,
        "Smtp:HostName is {HostName}, which is not fully qualified: some senders mistrust such a greeting")]
    public static partial void HostNameNotQualified(ILogger logger, string hostName);

    [LoggerMessage(
        LogLevel.Information, "SMTP stops: {SessionCount} sessions may finish their message within {DrainTimeout}")]
    public static partial void Stopping(ILogger logger, int sessionCount, TimeSpan drainTimeout);

    [LoggerMessage(LogLevel.Information, "SMTP has stopped; {SessionCount} sessions were broken off")]
    public static partial void Stopped(ILogger logger, int sessionCount);

    [LoggerMessage(LogLevel.Error, "SMTP accepts no connections any more")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "{MessageCount} messages were refused for lack of room, the last by {LimitName}: "
        + "{Used} of {Limit} octets in use")]
    public static partial void NoRoom(ILogger logger, int messageCount, string limitName, long used, long limit);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} lost its connection: {Cause}")]
    public static partial void ConnectionLost(ILogger logger, string reference, string cause);

    [LoggerMessage(LogLevel.Error, "Session {Reference} failed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, string reference);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} is from {ClientAddress}")]
    public static partial void Connected(ILogger logger, string reference, IPAddress clientAddress);

    [LoggerMessage(
        LogLevel.Information,
        "Session {Reference}.{Number} {Verb}: {ReplyCode} {EnhancedCode} {Reason} limit={Limit} client={ClientAddress} "
        + "helo={Helo} from=<{MailFrom}> to=<{Recipient}>")]
    public static partial void MailRefused(
        ILogger logger, string reference, int number, SmtpVerb verb, int replyCode, string? enhancedCode, string reason,
        string limit, IPAddress clientAddress, string helo, string mailFrom, string recipient);

    [LoggerMessage(
        LogLevel.Debug,
        "Session {Reference}.{Number} {Verb}: {ReplyCode} {EnhancedCode} {Reason} limit={Limit} client={ClientAddress} "
        + "helo={Helo} from=<{MailFrom}> to=<{Recipient}>")]
    public static partial void Refused(
        ILogger logger, string reference, int number, SmtpVerb verb, int replyCode, string? enhancedCode, string reason,
        string limit, IPAddress clientAddress, string helo, string mailFrom, string recipient);

    [LoggerMessage(
        LogLevel.Debug,
        "Session {Reference} accepted {MessageUid}: {Size} octets client={ClientAddress} helo={Helo} from=<{MailFrom}> "
        + "to=<{Recipient}> recipients={RecipientCount}")]
    public static partial void Accepted(
        ILogger logger, string reference, Guid messageUid, int size, IPAddress clientAddress, string helo,
        string mailFrom, string recipient, int recipientCount);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} has no valid PROXY header")]
    public static partial void ProxyHeaderInvalid(ILogger logger, string reference);

    [LoggerMessage(LogLevel.Information, "TLS certificate reloaded")]
    public static partial void CertificateReloaded(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "TLS certificate cannot be reloaded; the last good one stays in use")]
    public static partial void CertificateReloadFailed(ILogger logger, Exception exception);
}
