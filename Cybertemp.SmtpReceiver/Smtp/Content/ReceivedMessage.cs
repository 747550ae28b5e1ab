using Cybertemp.Mail.Addresses;

namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>One message as it came over the wire.</summary>
/// <param name="Uid">Version 7; named in the 250 reply, logs and traces.</param>
/// <param name="Envelope">For whom, from whom, and where it came from.</param>
/// <param name="Content">After dot-unstuffing, byte-exact, no header added.</param>
internal sealed record ReceivedMessage(Guid Uid, MailEnvelope Envelope, ReadOnlyMemory<byte> Content);
