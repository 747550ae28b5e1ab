using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// A reply: code, enhanced status code (RFC 3463) and text. Immutable; encoded once. Every reply the receiver can send
/// is named here.
/// </summary>
internal sealed class SmtpReply
{
    public static readonly SmtpReply HelpText = new(
        214, "2.0.0", "Receiving only: EHLO MAIL RCPT DATA BDAT RSET NOOP VRFY QUIT");
    public static readonly SmtpReply ReadyForTls = new(220, "2.0.0", "Ready to start TLS");
    public static readonly SmtpReply Closing = new(221, "2.0.0", "Bye");
    public static readonly SmtpReply Ok = new(250, "2.0.0", "Ok");
    public static readonly SmtpReply SenderOk = new(250, "2.1.0", "Sender ok");
    public static readonly SmtpReply RecipientOk = new(250, "2.1.5", "Recipient ok");
    public static readonly SmtpReply ChunkOk = new(250, "2.0.0", "Chunk ok");
    public static readonly SmtpReply CannotVerify = new(252, "2.5.2", "Cannot verify, send mail and see");
    public static readonly SmtpReply StartMailInput = new(354, null, "End data with <CRLF>.<CRLF>");

    public static readonly SmtpReply InternalError = new(421, "4.3.0", "Internal error, closing; try again later");
    public static readonly SmtpReply ServerBusy = new(
        421, "4.3.2", "Too many sessions here, try again later", limit: "sessions");
    public static readonly SmtpReply ShuttingDown = new(421, "4.3.2", "Service shutting down, try again later");
    public static readonly SmtpReply CommandTimeout = new(
        421, "4.4.2", "Timeout waiting for a command, closing", limit: "command_timeout");
    public static readonly SmtpReply IdleTimeout = new(
        421, "4.4.2", "No mail for too long, closing", limit: "idle_timeout");
    public static readonly SmtpReply DataTimeout = new(
        421, "4.4.2", "Timeout waiting for message content, closing", limit: "data_timeout");
    public static readonly SmtpReply TooSlow = new(
        421, "4.4.2", "Message content comes too slowly, closing", limit: "data_rate");
    public static readonly SmtpReply MessageTimeout = new(
        421, "4.4.2", "Message took too long, closing", limit: "message_time");
    public static readonly SmtpReply ConnectionLost = new(421, "4.4.2", "Connection lost within a message");
    public static readonly SmtpReply ChunkSizeUnreadable = new(421, "4.5.4", "Chunk size cannot be read, closing");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors, closing", limit: "errors");
    public static readonly SmtpReply TooManyRefusals = new(
        421, "4.7.0", "Too many refusals, closing", limit: "refusals");
    public static readonly SmtpReply TooManySessions = new(
        421, "4.7.0", "Too many sessions from your address, try again later", limit: "sessions_per_client");
    public static readonly SmtpReply TooManyConnections = new(
        421, "4.7.0", "Too many connections a minute from your address, try again later",
        limit: "connections_per_client");
    public static readonly SmtpReply InboxFlooded = new(
        450, "4.2.1", "Too many messages a minute for this inbox, try again later", limit: "messages_per_inbox");
    public static readonly SmtpReply TooManyMessages = new(
        450, "4.7.0", "Too many messages a minute from your address, try again later", limit: "messages_per_client");
    public static readonly SmtpReply StorageUnavailable = new(451, "4.3.0", "Storage is unavailable, try again later");
    public static readonly SmtpReply FiltersNotReady = new(
        451, "4.3.0", "The list of our domains is not loaded yet, try again later");
    public static readonly SmtpReply QueueFull = new(
        452, "4.3.1", "Too many messages wait to be stored, try again later");
    public static readonly SmtpReply DatabaseFull = new(452, "4.3.1", "Insufficient system storage, try again later");
    public static readonly SmtpReply MemoryFull = new(
        452, "4.3.1", "Too much message content in transit, try again later", limit: "in_flight_bytes");
    public static readonly SmtpReply ClientMemoryFull = new(
        452, "4.3.1", "Too much message content in transit from your address, try again later",
        limit: "in_flight_bytes_per_client");
    public static readonly SmtpReply OutOfMemory = new(
        452, "4.3.1", "Out of memory, closing; try again later", closesSession: true, limit: "memory");
    public static readonly SmtpReply TooManyRecipients = new(
        452, "4.5.3", "Too many recipients in one transaction, send the rest in another", limit: "recipients");
    public static readonly SmtpReply TooManyCopies = new(
        452, "4.5.3", "Declared SIZE is too big for one more recipient, send the rest in another transaction",
        limit: "copied_bytes");

    public static readonly SmtpReply LineTooLong = new(
        500, "5.5.2", "Line too long", isClientError: true, limit: "line_length");
    public static readonly SmtpReply BareLineFeed = new(
        500, "5.5.2", "Lines end with CRLF, not with LF alone", isClientError: true);
    public static readonly SmtpReply LineEndless = new(
        500, "5.5.2", "Line does not end, closing", isClientError: true, closesSession: true, limit: "line_length");
    public static readonly SmtpReply NotText = new(
        500, "5.5.2", "Line has control characters or is not UTF-8", isClientError: true);
    public static readonly SmtpReply CommandUnrecognized = new(
        500, "5.5.1", "Command unrecognized", isClientError: true);
    public static readonly SmtpReply HelloSyntax = new(
        501, "5.5.4", "Syntax: EHLO or HELO, then your host name", isClientError: true);
    public static readonly SmtpReply NoArgumentAllowed = new(501, "5.5.4", "No argument allowed", isClientError: true);
    public static readonly SmtpReply ArgumentMissing = new(501, "5.5.4", "Argument missing", isClientError: true);
    public static readonly SmtpReply MailSyntax = new(
        501, "5.5.4", "Syntax: MAIL FROM:<address> [parameters]", isClientError: true);
    public static readonly SmtpReply RcptSyntax = new(501, "5.5.4", "Syntax: RCPT TO:<address>", isClientError: true);
    public static readonly SmtpReply ChunkSyntax = new(501, "5.5.4", "Syntax: BDAT size [LAST]", isClientError: true);
    public static readonly SmtpReply ParameterSyntax = new(
        501, "5.5.4", "Parameter malformed, repeated or with a bad value", isClientError: true);
    public static readonly SmtpReply SenderSyntax = new(501, "5.1.7", "Malformed sender address", isClientError: true);
    public static readonly SmtpReply RecipientSyntax = new(
        501, "5.1.3", "Malformed recipient address", isClientError: true);
    public static readonly SmtpReply NotImplemented = new(
        502, "5.5.1", "Command not implemented here", isClientError: true);
    public static readonly SmtpReply BadSequence = new(503, "5.5.1", "Bad sequence of commands", isClientError: true);
    public static readonly SmtpReply NoTransaction = new(503, "5.5.1", "MAIL was refused, no transaction is open");
    public static readonly SmtpReply NoValidRecipients = new(503, "5.5.1", "No valid recipients");
    public static readonly SmtpReply ChunkingFailed = new(503, "5.5.1", "A chunk was refused, send RSET first");
    public static readonly SmtpReply TlsActive = new(503, "5.5.1", "TLS is active already", isClientError: true);
    public static readonly SmtpReply PrefixMissing = new(
        550, "5.1.1", "No mailbox of that name is received at this domain");
    public static readonly SmtpReply RecipientIsLiteral = new(
        550, "5.1.2", "Mail to address literals is not received here");
    public static readonly SmtpReply AddressBlocked = new(550, "5.2.1", "Mail for this address is switched off");
    public static readonly SmtpReply DomainDisabled = new(
        550, "5.2.1", "Mail for this domain is switched off", limit: "disabled_domain");
    public static readonly SmtpReply EndOfDataLookAlike = new(
        550, "5.6.11", "Message has a lone dot between line ends that are not CRLF");
    public static readonly SmtpReply SenderBanned = new(550, "5.7.1", "Sender banned");
    public static readonly SmtpReply UnknownDomain = new(550, "5.7.1", "Mail for this domain is not received here");
    public static readonly SmtpReply MessageTooLarge = new(552, "5.3.4", "Message too big", limit: "message_size");
    public static readonly SmtpReply MessageFarTooLarge = new(
        552, "5.3.4", "Message too big, closing", closesSession: true, limit: "message_size");
    public static readonly SmtpReply CopiesTooLarge = new(
        552, "5.3.4", "Message too big for so many recipients", limit: "copied_bytes");
    public static readonly SmtpReply DeclaredTooLarge = new(
        552, "5.3.4", "Declared SIZE exceeds the limit", limit: "message_size");
    public static readonly SmtpReply LocalPartTooLong = new(
        553, "5.1.3", "Local part is longer than 64 octets", limit: "local_part");
    public static readonly SmtpReply NotSmtp = new(
        554, "5.5.1", "This is SMTP, closing", isClientError: true, closesSession: true);
    public static readonly SmtpReply ContentTooEarly = new(
        554, "5.5.0", "Content came before 354, closing", isClientError: true, closesSession: true);
    public static readonly SmtpReply Utf8NotDeclared = new(
        553, "5.6.7", "Address is not ASCII, declare SMTPUTF8 with MAIL");
    public static readonly SmtpReply ParameterUnknown = new(
        555, "5.5.4", "Parameter not recognized or not implemented", isClientError: true);

    private readonly string _text = "";

    private SmtpReply(
        int code, string? enhancedCode, string text, bool isClientError = false, bool closesSession = false,
        string? limit = null, [CallerMemberName] string name = "")
        : this(code, enhancedCode, Encode($"{code} {(enhancedCode is null ? "" : $"{enhancedCode} ")}{text}\r\n"))
    {
        (_text, IsClientError, ClosesSession) = (text, isClientError, closesSession || code == 421);
        (Limit, Reason) = (limit, SnakeCase(name));
    }

    private SmtpReply(int code, string? enhancedCode, byte[] bytes) =>
        (Code, EnhancedCode, Bytes) = (code, enhancedCode, bytes);

    public int Code { get; }

    public string? EnhancedCode { get; }

    /// <summary>With the final CRLF; ASCII.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public bool IsNegative => Code >= 400;

    /// <summary>
    /// The client broke the protocol, as opposed to a refusal by policy: counted against <c>Smtp:MaxErrors</c>.
    /// </summary>
    public bool IsClientError { get; }

    /// <summary>There was no room for a message.</summary>
    public bool IsLackOfMemory => this == MemoryFull || this == ClientMemoryFull || this == OutOfMemory;

    /// <summary>Nothing more is read after it.</summary>
    public bool ClosesSession { get; }

    /// <summary>
    /// The reply's name in this catalogue, in lower case with underscores: a closed set for log and metrics.
    /// </summary>
    public string Reason { get; private init; } = "";

    /// <summary>The limit it reports, as the metric <c>cybertemp.smtp.limit.hits</c> names it.</summary>
    public string? Limit { get; }

    /// <summary>The same in place of a greeting, which names the host: RFC 5321 §4.2.3, §4.3.1.</summary>
    public SmtpReply InPlaceOfGreeting(string hostName) =>
        new(Code, EnhancedCode, $"{hostName} {_text}", IsClientError, ClosesSession, Limit) { Reason = Reason };

    public static SmtpReply Accepted(Guid messageUid) => new(250, "2.0.0", $"Ok: Message accepted {messageUid}");

    /// <summary>The greeting. RFC 5321 §4.2: no enhanced code.</summary>
    public static SmtpReply Ready(string hostName) => new(220, null, $"{hostName} ESMTP Cybertemp Mail Receiver");

    public static SmtpReply Hello(string hostName) => new(250, null, hostName);

    /// <summary>The reply to EHLO. RFC 5321 §4.1.1.1: no enhanced codes.</summary>
    public static SmtpReply Capabilities(SmtpOptions options, bool offersTls)
    {
        List<string> lines =
        [
            options.HostName,
            "PIPELINING",
            string.Create(CultureInfo.InvariantCulture, $"SIZE {options.MaxMessageBytes}"),
            "8BITMIME",
            "SMTPUTF8",
            "ENHANCEDSTATUSCODES",
            "CHUNKING",
            string.Create(CultureInfo.InvariantCulture, $"LIMITS RCPTMAX={options.MaxRecipients}"),
        ];
        if (offersTls)
        {
            lines.Add("STARTTLS");
        }

        return new SmtpReply(250, null, Encode($"250-{string.Join("\r\n250-", lines[..^1])}\r\n250 {lines[^1]}\r\n"));
    }

    private static string SnakeCase(string name) =>
        string.Concat(
            name.Select(static (c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{c}")).ToLowerInvariant();

    private static byte[] Encode(string text) => Encoding.ASCII.GetBytes(text);
}
