namespace MimeKit;

/// <summary>message/disposition-notification (RFC 8098).</summary>
public class MessageDispositionNotification : MimePart
{
    internal MessageDispositionNotification(EntityArguments args) : base(args) { }
}
