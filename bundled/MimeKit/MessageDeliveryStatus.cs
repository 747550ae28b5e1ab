namespace MimeKit;

/// <summary>message/delivery-status (RFC 3464).</summary>
public class MessageDeliveryStatus : MimePart
{
    internal MessageDeliveryStatus(EntityArguments args) : base(args) { }
}
