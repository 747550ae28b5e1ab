using System.Net;

namespace Cybertemp.Mail.Addresses;

/// <summary>What a message's sender said before its content, and who said it. RFC 5321 §2.3.1.</summary>
/// <param name="MailFrom">The reverse-path as given, without angle brackets; empty for the null reverse-path.</param>
/// <param name="Recipients">Distinct in normal form, in the order of RCPT; at least one.</param>
/// <param name="ClientAddress">Unmapped from IPv6 when it is an IPv4 address.</param>
/// <param name="Helo">The argument of EHLO or HELO, as given.</param>
/// <param name="Tls">The TLS version and cipher suite, or null for a plain session.</param>
internal sealed record MailEnvelope(
    string MailFrom, IReadOnlyList<Mailbox> Recipients, IPAddress ClientAddress, string Helo, string? Tls);
