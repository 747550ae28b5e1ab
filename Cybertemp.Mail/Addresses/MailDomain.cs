using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cybertemp.Mail.Addresses;

/// <summary>
/// The normal form of a domain: NFC, A-labels (RFC 5890 §2.3.2.1), lower case, no trailing dot. Two spellings of one
/// domain have one normal form, in mail and in the filters. Thread-safe.
/// </summary>
internal static class MailDomain
{
    /// <summary>RFC 5321 §4.5.3.1.2.</summary>
    public const int MaxLength = 255;

    private const int MaxLabelLength = 63;

    // The underscore is outside RFC 5321 §4.1.2, but names of real sending hosts have it.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>
    /// False, with an empty result, for what is no domain name: an address literal, an empty label, a space.
    /// </summary>
    public static bool TryNormalize(ReadOnlySpan<char> domain, out string normalized)
    {
        normalized = Ascii.IsValid(domain) ? ToLower(WithoutTrailingDot(domain)) : ToALabels(domain);
        if (IsHostName(normalized))
        {
            return true;
        }

        normalized = "";
        return false;
    }

    private static string ToLower(ReadOnlySpan<char> domain) => domain.Length > MaxLength
        ? ""
        : string.Create(domain.Length, domain, static (lower, source) => Ascii.ToLower(source, lower, out _));

    private static string ToALabels(ReadOnlySpan<char> domain)
    {
        if (domain.Length > MaxLength)
        {
            return "";
        }

        try
        {
            return ToLower(WithoutTrailingDot(Idn.GetAscii(domain.ToString().Normalize(NormalizationForm.FormC))));
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    private static ReadOnlySpan<char> WithoutTrailingDot(ReadOnlySpan<char> domain) =>
        domain is [.. var name, '.'] ? name : domain;

    private static bool IsHostName(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty || domain.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        foreach (var label in domain.Split('.'))
        {
            if (!IsLabel(domain[label]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-';
}
