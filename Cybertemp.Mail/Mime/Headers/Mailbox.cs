namespace Cybertemp.Mail.Mime.Headers;

/// <summary>A name and an address of a header field.</summary>
/// <param name="Name">Decoded; "" when there is none.</param>
/// <param name="Address">As written, without blanks, brackets and "mailto:"; "" when there is none.</param>
internal sealed record Mailbox(string Name, string Address)
{
    public bool HasAddress => Address.Contains('@', StringComparison.Ordinal);
}
