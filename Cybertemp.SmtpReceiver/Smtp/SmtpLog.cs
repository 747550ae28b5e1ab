using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the SMTP server logs. What one client can cause is Debug; addresses appear at Debug only.</summary>
internal static partial class SmtpLog
{
    [LoggerMessage(LogLevel.Information, "SMTP listens on {EndPoint} as {HostName}")]
    public static partial void Listening(ILogger logger, EndPoint endPoint, string hostName);

    [LoggerMessage(LogLevel.Information, "SMTP stops: {SessionCount} sessions may finish their message within {DrainTimeout}")]
    public static partial void Stopping(ILogger logger, int sessionCount, TimeSpan drainTimeout);

    [LoggerMessage(LogLevel.Information, "SMTP has stopped; {SessionCount} sessions were broken off")]
    public static partial void Stopped(ILogger logger, int sessionCount);

    [LoggerMessage(LogLevel.Error, "SMTP accepts no connections any more")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} lost its connection")]
    public static partial void ConnectionLost(ILogger logger, Exception exception, string reference);

    [LoggerMessage(LogLevel.Error, "Session {Reference} failed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, string reference);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} is from {ClientAddress}")]
    public static partial void Connected(ILogger logger, string reference, IPAddress clientAddress);

    [LoggerMessage(LogLevel.Debug, "Session {Reference}.{Number} {Verb}: {ReplyCode} {EnhancedCode}")]
    public static partial void Refused(ILogger logger, string reference, int number, SmtpVerb verb, int replyCode, string? enhancedCode);

    [LoggerMessage(LogLevel.Debug, "Session {Reference} has no valid PROXY header")]
    public static partial void ProxyHeaderInvalid(ILogger logger, string reference);

    [LoggerMessage(LogLevel.Information, "TLS certificate reloaded")]
    public static partial void CertificateReloaded(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "TLS certificate cannot be reloaded; the last good one stays in use")]
    public static partial void CertificateReloadFailed(ILogger logger, Exception exception);
}
