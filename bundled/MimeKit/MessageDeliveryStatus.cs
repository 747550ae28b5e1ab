namespace MimeKit;

internal sealed class MessageDeliveryStatus(EntityArguments args) : MimePart(args);
