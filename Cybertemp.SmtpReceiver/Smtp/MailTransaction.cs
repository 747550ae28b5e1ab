using System.Text;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>The envelope of one message: the checks of MAIL and RCPT, and what they let pass. RFC 5321 §3.3.</summary>
internal sealed class MailTransaction(SmtpServer server, SmtpPeer peer)
{
    private readonly List<Mailbox> _recipients = [];
    private MailParameters _parameters;

    /// <summary>The reverse-path as given, without angle brackets.</summary>
    public string MailFrom { get; private set; } = "";

    public IReadOnlyList<Mailbox> Recipients => _recipients;

    public bool HasRefusedRecipients { get; private set; }

    /// <summary>Octets of content that may come: less for many recipients.</summary>
    public long MaxContentBytes => Math.Min(server.Options.MaxMessageBytes, server.Options.MaxCopiedBytes / Math.Max(1, _recipients.Count));

    /// <summary>MAIL.</summary>
    public SmtpReply Begin(ReadOnlySpan<char> argument, bool isExtended)
    {
        Clear();
        if (!TrySkip(ref argument, "FROM:"))
        {
            return SmtpReply.MailSyntax;
        }

        return MailPath.TryParse(argument, out var path) ? Begin(path, isExtended) : SmtpReply.SenderSyntax;
    }

    /// <summary>RCPT.</summary>
    public SmtpReply Add(ReadOnlySpan<char> argument)
    {
        var reply = !TrySkip(ref argument, "TO:") ? SmtpReply.RcptSyntax
            : MailPath.TryParse(argument, out var path) ? Add(path)
            : SmtpReply.RecipientSyntax;
        HasRefusedRecipients |= reply.IsNegative;
        return reply;
    }

    public void Clear()
    {
        MailFrom = "";
        _recipients.Clear();
        _parameters = default;
        HasRefusedRecipients = false;
    }

    /// <summary>A list of its own, which the transaction's next message does not touch.</summary>
    public Mailbox[] CopyRecipients() => [.. _recipients];

    private SmtpReply Begin(MailPath path, bool isExtended)
    {
        var refusal = isExtended
            ? MailParameters.Parse(path.Rest, out _parameters)
            : MailParameters.RefuseAny(path.Rest, SmtpReply.MailSyntax);
        if (refusal is not null)
        {
            return refusal;
        }

        var sender = default(Mailbox);
        if (!path.IsNull && !path.TryNormalize(out sender))
        {
            return SmtpReply.SenderSyntax;
        }

        MailFrom = path.Given.ToString();
        return path switch
        {
            { IsAscii: false } when !_parameters.SmtpUtf8 => SmtpReply.Utf8NotDeclared,
            _ when _parameters.SizeBytes > server.Options.MaxMessageBytes => SmtpReply.DeclaredTooLarge,
            _ when !server.Ports.Sink.IsAvailable => SmtpReply.StorageUnavailable,
            _ when !server.Clients.TryTakeMessage(peer) => SmtpReply.TooManyMessages,
            { IsNull: true } => SmtpReply.SenderOk,
            _ => ReplyTo(server.Ports.Senders.CheckSender(sender), SmtpReply.SenderOk, SmtpReply.SenderBanned),
        };
    }

    private SmtpReply Add(MailPath path)
    {
        if (MailParameters.RefuseAny(path.Rest, SmtpReply.RcptSyntax) is { } refusal)
        {
            return refusal;
        }

        var mailbox = new Mailbox(Postmaster, "");
        return path switch
        {
            { IsNull: true } => SmtpReply.RecipientSyntax,
            { IsAscii: false } when !_parameters.SmtpUtf8 => SmtpReply.Utf8NotDeclared,
            { IsLiteral: true } => SmtpReply.RecipientIsLiteral,
            { Domain.IsEmpty: true } when path.LocalPart.Equals(Postmaster, StringComparison.OrdinalIgnoreCase) => Add(mailbox),
            _ when !path.IsStrict || !path.TryNormalize(out mailbox) => SmtpReply.RecipientSyntax,
            _ when Encoding.UTF8.GetByteCount(mailbox.LocalPart) > MailLocalPart.MaxBytes => SmtpReply.LocalPartTooLong,
            _ => Add(mailbox),
        };
    }

    private SmtpReply Add(in Mailbox mailbox)
    {
        if (_recipients.Contains(mailbox))
        {
            return SmtpReply.RecipientOk;
        }

        var reply = Check(mailbox);
        if (!reply.IsNegative)
        {
            _recipients.Add(mailbox);
        }

        return reply;
    }

    private SmtpReply Check(in Mailbox mailbox) => mailbox switch
    {
        _ when _recipients.Count >= server.Options.MaxRecipients => SmtpReply.TooManyRecipients,
        _ when _recipients.Count > 0 && _parameters.SizeBytes * (_recipients.Count + 1) > server.Options.MaxCopiedBytes => SmtpReply.TooManyCopies,
        // RFC 5321 §4.5.1: the bare postmaster is received whatever our domains are.
        { Domain: "" } => SmtpReply.RecipientOk,
        _ when server.Inboxes.IsDisabled(mailbox) => SmtpReply.DomainDisabled,
        _ when CheckRecipient(mailbox) is { IsNegative: true } refusal => refusal,
        _ when !server.Inboxes.TryTakeMessage(mailbox) => SmtpReply.InboxFlooded,
        _ => SmtpReply.RecipientOk,
    };

    private SmtpReply CheckRecipient(in Mailbox mailbox)
    {
        var verdict = server.Ports.Recipients.CheckRecipient(mailbox);
        server.Metrics.RecipientChecked(verdict);
        return ReplyTo(verdict, SmtpReply.RecipientOk, SmtpReply.UnknownDomain);
    }

    private static SmtpReply ReplyTo(PolicyVerdict verdict, SmtpReply accepted, SmtpReply refused) => verdict switch
    {
        PolicyVerdict.Accepted => accepted,
        PolicyVerdict.Refused => refused,
        PolicyVerdict.NotReady => SmtpReply.FiltersNotReady,
    };

    private static bool TrySkip(ref ReadOnlySpan<char> argument, string keyword)
    {
        var starts = argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase);
        argument = starts ? argument[keyword.Length..] : argument;
        return starts;
    }

    private const string Postmaster = "postmaster";
}
