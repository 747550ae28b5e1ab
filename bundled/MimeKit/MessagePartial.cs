namespace MimeKit;

internal sealed class MessagePartial(EntityArguments args) : MimePart(args);
