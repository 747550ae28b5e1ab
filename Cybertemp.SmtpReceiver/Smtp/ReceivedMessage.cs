using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>One message as it came over the wire: the envelope, where it came from, and the octets.</summary>
internal sealed class ReceivedMessage
{
    /// <summary>Version 7; named in the 250 reply, logs and traces.</summary>
    public required Guid Uid { get; init; }

    /// <summary>The reverse-path as given, without angle brackets; empty for the null reverse-path.</summary>
    public required string MailFrom { get; init; }

    /// <summary>Distinct in normal form, in the order of RCPT; at least one.</summary>
    public required IReadOnlyList<Mailbox> Recipients { get; init; }

    /// <summary>After dot-unstuffing, byte-exact, no header added.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Unmapped from IPv6 when it is an IPv4 address; no scope id.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>The argument of EHLO or HELO, as given.</summary>
    public required string Helo { get; init; }

    /// <summary>The TLS version and cipher suite, or null for a plain session.</summary>
    public string? Tls { get; init; }
}
