using System.Buffers;
using System.Text;

namespace Cybertemp.Mail.Addresses;

/// <summary>
/// The address grammar of RFC 5321 §4.1.2 with RFC 6531 §3.3, over one span, without backtracking: a path in angle
/// brackets, then whatever follows it.
/// </summary>
internal readonly ref struct MailPath
{
    private const string Postmaster = "postmaster";

    private MailPath(
        ReadOnlySpan<char> given, ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain, ReadOnlySpan<char> rest)
    {
        Given = given;
        LocalPart = localPart;
        Domain = domain;
        Rest = rest;
    }

    private static readonly SearchValues<char> LiteralText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:.-");

    /// <summary>The mailbox as written, without brackets and source route; empty for <c>&lt;&gt;</c>.</summary>
    public ReadOnlySpan<char> Given { get; }

    /// <summary>As written, with its quotes.</summary>
    public ReadOnlySpan<char> LocalPart { get; }

    /// <summary>As written, with the brackets of a literal; empty when there is no at sign.</summary>
    public ReadOnlySpan<char> Domain { get; }

    /// <summary>What follows the closing bracket.</summary>
    public ReadOnlySpan<char> Rest { get; }

    public bool IsNull => Given.IsEmpty;

    public bool IsLiteral => Domain is ['[', ..];

    /// <summary>The local part is a Dot-string or a Quoted-string, as RFC 5321 §4.1.2 has it.</summary>
    public bool IsStrict => MailLocalPart.IsStrict(LocalPart);

    public bool IsAscii => Ascii.IsValid(Given);

    /// <summary>
    /// Reads <c>&lt;path&gt;</c>. Spaces before it are tolerated: many senders write one after the colon. A local part
    /// with dots in a row or at an end is read (some providers have such users).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MailPath path)
    {
        path = default;
        text = text.TrimStart(' ');
        if (text is not ['<', .. var inner])
        {
            return false;
        }

        var routed = SkipSourceRoute(inner);
        var isRouted = routed.Length < inner.Length;
        inner = routed;
        var local = LocalPartLength(inner);
        var domain = inner[local..] is ['@', .. var after] ? DomainLength(after) : 0;
        var length = domain > 0 ? local + 1 + domain : local;
        if (inner[length..] is not ['>', .. var rest] || (local == 0 && (length > 0 || isRouted)))
        {
            return false;
        }

        path = new MailPath(
            inner[..length], inner[..local], domain > 0 ? inner.Slice(local + 1, domain) : default, rest);
        return true;
    }

    /// <summary>The normal form; false when the domain is no domain name and no address literal.</summary>
    public bool TryNormalize(out Mailbox mailbox)
    {
        mailbox = default;
        string? domain;
        if (IsLiteral)
        {
            domain = Domain.ToString().ToLowerInvariant();
        }
        else if (!MailDomain.TryNormalize(Domain, out domain))
        {
            return false;
        }

        mailbox = new Mailbox(MailLocalPart.Normalize(LocalPart), domain);
        return true;
    }

    /// <summary>May it be a recipient here, whatever the domains are?</summary>
    /// <param name="allowsUtf8">The client has declared SMTPUTF8.</param>
    /// <param name="mailbox">In normal form when valid; the bare postmaster is without a domain (RFC 5321
    /// §4.5.1).</param>
    public RecipientSpelling CheckRecipient(bool allowsUtf8, out Mailbox mailbox)
    {
        mailbox = new Mailbox(Postmaster, "");
        return this switch
        {
            { IsNull: true } => RecipientSpelling.Malformed,
            { IsAscii: false } when !allowsUtf8 => RecipientSpelling.NotAscii,
            { IsLiteral: true } => RecipientSpelling.Literal,
            { Domain.IsEmpty: true } when LocalPart.Equals(Postmaster, StringComparison.OrdinalIgnoreCase) =>
                RecipientSpelling.Valid,
            _ when !IsStrict || !TryNormalize(out mailbox) => RecipientSpelling.Malformed,
            _ when Encoding.UTF8.GetByteCount(mailbox.LocalPart) > MailLocalPart.MaxBytes =>
                RecipientSpelling.LocalPartTooLong,
            _ => RecipientSpelling.Valid,
        };
    }

    /// <summary>RFC 5321 appendix C: a source route is accepted and ignored.</summary>
    private static ReadOnlySpan<char> SkipSourceRoute(ReadOnlySpan<char> inner)
    {
        var route = inner;
        while (route is ['@', .. var name] && DomainLength(name) is > 0 and var length)
        {
            switch (name[length..])
            {
                case [',', .. var next]:
                    route = next;
                    break;
                case [':', .. var mailbox]:
                    return mailbox;
                default:
                    return inner;
            }
        }

        return inner;
    }

    private static int LocalPartLength(ReadOnlySpan<char> text)
    {
        if (text is ['"', ..])
        {
            return MailLocalPart.QuotedLength(text);
        }

        var length = 0;
        while (length < text.Length && (text[length] == '.' || MailLocalPart.IsAtomText(text[length])))
        {
            length++;
        }

        return length;
    }

    private static int DomainLength(ReadOnlySpan<char> text)
    {
        if (text is ['[', .. var literal])
        {
            var end = literal.IndexOfAnyExcept(LiteralText);
            return end > 0 && literal[end] == ']' ? end + 2 : 0;
        }

        var length = 0;
        while (length < text.Length
            && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '-' or '_' or '.'
                || MailLocalPart.IsUtf8Text(text[length])))
        {
            length++;
        }

        return length;
    }
}
