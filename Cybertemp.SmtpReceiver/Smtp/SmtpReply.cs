using System.Text;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>A reply: code, enhanced status code (RFC 3463) and text. Immutable; encoded once.</summary>
internal sealed class SmtpReply
{
    public static readonly SmtpReply StorageUnavailable = new(451, "4.3.0", "Storage is unavailable, try again later");
    public static readonly SmtpReply QueueFull = new(452, "4.3.1", "Too many messages wait to be stored, try again later");
    public static readonly SmtpReply DatabaseFull = new(452, "4.3.1", "Insufficient system storage, try again later");
    public static readonly SmtpReply SenderBanned = new(550, "5.7.1", "Sender banned");

    private SmtpReply(int code, string? enhancedCode, string text)
    {
        Code = code;
        EnhancedCode = enhancedCode;
        Bytes = Encoding.ASCII.GetBytes(enhancedCode is null ? $"{code} {text}\r\n" : $"{code} {enhancedCode} {text}\r\n");
    }

    public int Code { get; }

    public string? EnhancedCode { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public bool IsNegative => Code >= 400;

    public static SmtpReply Accepted(Guid messageUid) => new(250, "2.0.0", $"Ok: Message accepted {messageUid}");
}
