using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;

namespace Cybertemp.SmtpReceiver.Smtp.Envelope;

/// <summary>The envelope of one message: the checks of MAIL and RCPT, and what they let pass. RFC 5321 §3.3.</summary>
internal sealed class MailTransaction(SmtpShared shared, SmtpPeer peer)
{
    private readonly List<Mailbox> _recipients = [];
    private MailParameters _parameters;
    private string _refusedRecipient = "";
    private (string MailFrom, Mailbox First, int Count) _ended = ("", default, 0);

    /// <summary>The reverse-path as given, without angle brackets.</summary>
    public string MailFrom { get; private set; } = "";

    public IReadOnlyList<Mailbox> Recipients => _recipients;

    /// <summary>The last MAIL was refused: what was sent along with it belongs to no transaction.</summary>
    public bool IsRefused { get; private set; }

    public bool HasRefusedRecipients { get; private set; }

    /// <summary>Octets of content that may come: less for many recipients.</summary>
    public long MaxContentBytes =>
        Math.Min(shared.Options.MaxMessageBytes, shared.Options.MaxCopiedBytes / Math.Max(1, _recipients.Count));

    /// <summary>Octets of content as MAIL announced them; 0 without SIZE.</summary>
    public long DeclaredBytes => _parameters.SizeBytes ?? 0;

    /// <summary>MAIL.</summary>
    public SmtpReply Begin(ReadOnlySpan<char> argument, bool isExtended)
    {
        Clear();
        var reply = !TrySkip(ref argument, "FROM:") ? SmtpReply.MailSyntax
            : MailPath.TryParse(argument, out var path) ? Begin(path, isExtended)
            : SmtpReply.SenderSyntax;
        IsRefused = reply.IsNegative;
        return reply;
    }

    /// <summary>RCPT.</summary>
    public SmtpReply Add(ReadOnlySpan<char> argument)
    {
        var reply = !TrySkip(ref argument, "TO:") ? SmtpReply.RcptSyntax
            : MailPath.TryParse(argument, out var path) ? Add(path)
            : SmtpReply.RecipientSyntax;
        if (reply.IsNegative)
        {
            HasRefusedRecipients = true;
            _refusedRecipient = argument.Trim("<> ").ToString();
        }

        return reply;
    }

    /// <summary>
    /// Whom a refusal of the last command was about: the transaction, also when it has ended with it.
    /// </summary>
    public (string From, string To) Named(SmtpVerb verb)
    {
        if (verb is SmtpVerb.Rcpt)
        {
            return (MailFrom, _refusedRecipient);
        }

        var (from, first, count) = _recipients is [] ? _ended : (MailFrom, _recipients[0], _recipients.Count);
        return count switch
        {
            0 => (MailFrom, ""),
            1 => (from, first.ToString()),
            _ => (from, $"{first} and {count - 1} more"),
        };
    }

    /// <summary>Another command comes.</summary>
    public void Forget() => _ended = ("", default, 0);

    public void Clear()
    {
        _ended = _recipients is [] ? _ended : (MailFrom, _recipients[0], _recipients.Count);
        MailFrom = "";
        _recipients.Clear();
        _parameters = default;
        (IsRefused, HasRefusedRecipients) = (false, false);
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
            _ when _parameters.SizeBytes > shared.Options.MaxMessageBytes => SmtpReply.DeclaredTooLarge,
            _ when !shared.Backend.Sink.IsAvailable => SmtpReply.StorageUnavailable,
            _ when !shared.Clients.TryTakeMessage(peer) => SmtpReply.TooManyMessages,
            { IsNull: true } => SmtpReply.SenderOk,
            _ => ReplyTo(shared.Backend.Senders.CheckSender(sender), SmtpReply.SenderOk, SmtpReply.SenderBanned),
        };
    }

    private SmtpReply Add(MailPath path)
    {
        if (MailParameters.RefuseAny(path.Rest, SmtpReply.RcptSyntax) is { } refusal)
        {
            return refusal;
        }

        return path.CheckRecipient(_parameters.SmtpUtf8, out var mailbox) switch
        {
            RecipientSpelling.Malformed => SmtpReply.RecipientSyntax,
            RecipientSpelling.NotAscii => SmtpReply.Utf8NotDeclared,
            RecipientSpelling.Literal => SmtpReply.RecipientIsLiteral,
            RecipientSpelling.LocalPartTooLong => SmtpReply.LocalPartTooLong,
            RecipientSpelling.Valid => Add(mailbox),
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
        _ when _recipients.Count >= shared.Options.MaxRecipients => SmtpReply.TooManyRecipients,
        _ when _recipients.Count > 0 && HasTooManyCopies(_recipients.Count + 1) => SmtpReply.TooManyCopies,
        // RFC 5321 §4.5.1: the bare postmaster is received whatever our domains are.
        { Domain: "" } => SmtpReply.RecipientOk,
        _ when shared.Inboxes.IsDisabled(mailbox) => SmtpReply.DomainDisabled,
        _ when CheckRecipient(mailbox) is { IsNegative: true } refusal => refusal,
        _ when !shared.Inboxes.MayReceive(mailbox) => SmtpReply.InboxFlooded,
        _ => SmtpReply.RecipientOk,
    };

    private bool HasTooManyCopies(int recipients) =>
        _parameters.SizeBytes * recipients > shared.Options.MaxCopiedBytes;

    private SmtpReply CheckRecipient(in Mailbox mailbox)
    {
        var verdict = shared.Backend.Recipients.CheckRecipient(mailbox);
        shared.Metrics.RecipientChecked(verdict);
        return ReplyTo(verdict, SmtpReply.RecipientOk, SmtpReply.UnknownDomain);
    }

    private static SmtpReply ReplyTo(PolicyVerdict verdict, SmtpReply accepted, SmtpReply refused) => verdict switch
    {
        PolicyVerdict.Accepted => accepted,
        PolicyVerdict.Refused => refused,
        PolicyVerdict.Blocked => SmtpReply.AddressBlocked,
        PolicyVerdict.WithoutPrefix => SmtpReply.PrefixMissing,
        PolicyVerdict.NotReady => SmtpReply.FiltersNotReady,
    };

    private static bool TrySkip(ref ReadOnlySpan<char> argument, string keyword)
    {
        var starts = argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase);
        argument = starts ? argument[keyword.Length..] : argument;
        return starts;
    }
}
