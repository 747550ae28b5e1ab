namespace MimeKit;

internal sealed class MessageFeedbackReport(EntityArguments args) : MimePart(args);
