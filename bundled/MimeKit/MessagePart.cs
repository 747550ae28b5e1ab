namespace MimeKit;

public class MessagePart : MimeEntity
{
    internal MessagePart(EntityArguments args) : base(args) { }

    /// <summary>Null when a delimiter stands where the message should begin.</summary>
    public MimeMessage? Message { get; private set; }

    internal void SetMessage(MimeMessage message) => Message = message;
}
