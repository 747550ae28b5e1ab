namespace MimeKit;

/// <summary>message/partial (RFC 2046 §5.2.2).</summary>
public class MessagePartial : MimePart
{
    internal MessagePartial(EntityArguments args) : base(args) { }
}
