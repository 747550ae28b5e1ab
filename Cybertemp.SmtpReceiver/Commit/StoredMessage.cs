using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Mime;

namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>One message as the tables hold it: a row per recipient.</summary>
/// <param name="Uid">Column <c>message_uid</c>: the same in every row of the message.</param>
/// <param name="Envelope">Who sent it, and from where.</param>
/// <param name="Recipients">Whose rows there will be: distinct; at least one.</param>
/// <param name="Content">Free of NUL and lone surrogates.</param>
/// <param name="Raw">As received.</param>
internal sealed record StoredMessage(
    Guid Uid,
    MailEnvelope Envelope,
    IReadOnlyList<StoredRecipient> Recipients,
    ParsedMessage Content,
    ReadOnlyMemory<byte> Raw);
