using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>All that one session remembers between two commands. Owned by the session.</summary>
internal sealed class SessionState(MailTransaction transaction)
{
    /// <summary>How far it has come.</summary>
    public SmtpState Step { get; set; } = SmtpState.Connected;

    /// <summary>Of the last command; forgotten before the next is read.</summary>
    public SmtpVerb Verb { get; set; }

    /// <summary>The argument of the last EHLO or HELO.</summary>
    public string Helo { get; set; } = "";

    /// <summary>The greeting was EHLO.</summary>
    public bool IsExtended { get; set; }

    /// <summary>TLS version and cipher suite, or null for a plain session.</summary>
    public string? Tls { get; set; }

    /// <summary>What is to be read in the state <see cref="SmtpState.Chunk"/>.</summary>
    public BdatChunk Chunk { get; set; }

    /// <summary>What comes of a chunk that is refused.</summary>
    public SmtpState StepAfterRefusal { get; set; }

    public MailTransaction Transaction => transaction;
}
