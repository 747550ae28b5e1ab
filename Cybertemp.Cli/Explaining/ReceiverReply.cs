namespace Cybertemp.Cli.Explaining;

/// <summary>The receiver's replies to the addresses of an envelope, word for word.</summary>
internal static class ReceiverReply
{
    public const string SenderOk = "250 2.1.0 Sender ok";
    public const string SenderSyntax = "501 5.1.7 Malformed sender address";
    public const string SenderBanned = "550 5.7.1 Sender banned";
    public const string RecipientOk = "250 2.1.5 Recipient ok";
    public const string RecipientSyntax = "501 5.1.3 Malformed recipient address";
    public const string RecipientIsLiteral = "550 5.1.2 Mail to address literals is not received here";
    public const string LocalPartTooLong = "553 5.1.3 Local part is longer than 64 octets";
    public const string Utf8NotDeclared = "553 5.6.7 Address is not ASCII, declare SMTPUTF8 with MAIL";
    public const string AddressBlocked = "550 5.2.1 Mail for this address is switched off";
    public const string PrefixMissing = "550 5.1.1 No mailbox of that name is received at this domain";
    public const string DomainDisabled = "550 5.2.1 Mail for this domain is switched off";
    public const string UnknownDomain = "550 5.7.1 Mail for this domain is not received here";
}
