using System.Text;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Filters;

/// <summary>
/// The one normal form of rules, the same as mail has: NFC, lower case, domains as A-labels (RFC 5890, RFC 6531).
/// </summary>
internal static class RuleNormalForm
{
    /// <summary>Longer than any address that SMTP can carry.</summary>
    public const int MaxLength = 1024;

    /// <summary>As <see cref="DomainPattern.TryParse"/>; an <c>@</c> before it is dropped.</summary>
    public static bool TryBannedDomain(string value, out string rule)
    {
        var isDomain = DomainPattern.TryParse(value.Trim() is ['@', .. var domain] ? domain : value, out var pattern);
        rule = isDomain ? pattern.ToString() : "";
        return isDomain;
    }

    /// <summary><c>local-part@domain</c>, or an address literal after the <c>@</c>.</summary>
    public static bool TryAddress(string value, out string rule)
    {
        rule = "";
        var address = value.Trim();
        var at = address.LastIndexOf('@');
        if (at < 1 || !TryPart(address[..at], out _) || !TryHost(address[(at + 1)..], out var domain))
        {
            return false;
        }

        rule = $"{MailLocalPart.Normalize(address.AsSpan(0, at))}@{domain}";
        return true;
    }

    /// <summary>A piece of an address or domain, wherever it may occur there.</summary>
    public static bool TryPart(string value, out string rule)
    {
        rule = "";
        var part = value.Trim();
        if (part.Length is 0 or > MaxLength || part.Any(char.IsControl))
        {
            return false;
        }

        try
        {
            rule = part.Normalize(NormalizationForm.FormC).ToLowerInvariant().Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            // A lone surrogate.
            return false;
        }
    }

    private static bool TryHost(string host, out string domain) =>
        host is ['[', .., ']'] ? TryPart(host, out domain) : MailDomain.TryNormalize(host, out domain);
}
