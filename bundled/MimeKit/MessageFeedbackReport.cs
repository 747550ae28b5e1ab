namespace MimeKit;

/// <summary>message/feedback-report (RFC 5965).</summary>
public class MessageFeedbackReport : MimePart
{
    internal MessageFeedbackReport(EntityArguments args) : base(args) { }
}
