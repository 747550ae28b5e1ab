using System.Security.Cryptography;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Web.Domains;

/// <summary>Makes addresses that nobody can guess: they are all that protects a temporary inbox.</summary>
internal static class AddressMaker
{
    /// <summary>Without letters and digits that are taken for each other.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>59 bits.</summary>
    private const int LocalPartLength = 12;

    private const int LabelLength = 8;

    /// <summary>At a domain that is accepted; below it when only its subdomains are.</summary>
    public static Mailbox MakeAt(DomainEntry domain, AcceptedDomains accepted) =>
        MakeAt(domain.Wildcard ? $"{Random(LabelLength)}.{domain.Domain}" : domain.Domain, accepted);

    /// <summary>With a beginning that the domain asks for, if it does.</summary>
    public static Mailbox MakeAt(string domain, AcceptedDomains? accepted) =>
        new($"{accepted?.PrefixAt(domain)}{Random(LocalPartLength)}", domain);

    private static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
