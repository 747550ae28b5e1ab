namespace Cybertemp.Mail.Addresses;

/// <summary>What the spelling of a path alone says of it as a recipient, in the order in which RCPT looks.</summary>
internal enum RecipientSpelling
{
    /// <summary>The null path, outside the grammar, or without a domain and not the bare postmaster.</summary>
    Malformed,

    /// <summary>UTF-8 that the client has not declared (RFC 6531 §3.4).</summary>
    NotAscii,

    /// <summary>An address literal in place of a domain.</summary>
    Literal,

    /// <summary>More than <see cref="MailLocalPart.MaxBytes"/>.</summary>
    LocalPartTooLong,

    /// <summary>It may be an inbox here.</summary>
    Valid,
}
