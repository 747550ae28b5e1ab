namespace Cybertemp.Mail.Addresses;

/// <summary>
/// An address in normal form: NFC, lower case, the domain as A-labels, the local part without unneeded quotes.
/// Two spellings that reach the same inbox are equal. RFC 5321 §4.1.2, RFC 6531 §3.3.
/// </summary>
/// <param name="LocalPart">Lower case; quoted only where the grammar needs it.</param>
/// <param name="Domain">Lower-case A-labels, no trailing dot; empty only for the bare <c>postmaster</c>.</param>
internal readonly record struct Mailbox(string LocalPart, string Domain)
{
    public override string ToString() => Domain.Length == 0 ? LocalPart : $"{LocalPart}@{Domain}";
}
