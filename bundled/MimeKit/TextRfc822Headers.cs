namespace MimeKit;

internal sealed class TextRfc822Headers(EntityArguments args) : MessagePart(args);
