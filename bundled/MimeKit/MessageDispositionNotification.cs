namespace MimeKit;

internal sealed class MessageDispositionNotification(EntityArguments args) : MimePart(args);
