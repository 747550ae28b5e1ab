namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>One command line: the verb, and its argument without surrounding spaces.</summary>
internal readonly ref struct SmtpCommand
{
    private SmtpCommand(SmtpVerb verb, ReadOnlySpan<char> argument)
    {
        Verb = verb;
        Argument = argument;
    }

    public SmtpVerb Verb { get; }

    public ReadOnlySpan<char> Argument { get; }

    /// <summary>Reads a line without its CRLF. Trailing spaces are tolerated: RFC 5321 §4.1.1.</summary>
    public static SmtpCommand Parse(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd(' ');
        var space = line.IndexOf(' ');
        return space < 0
            ? new SmtpCommand(VerbOf(line), default)
            : new SmtpCommand(VerbOf(line[..space]), line[(space + 1)..].TrimStart(' '));
    }

    private static SmtpVerb VerbOf(ReadOnlySpan<char> word)
    {
        Span<char> upper = stackalloc char[LongestVerb];
        if (word.Length > LongestVerb)
        {
            return SmtpVerb.Unknown;
        }

        return upper[..word.ToUpperInvariant(upper)] switch
        {
            "EHLO" => SmtpVerb.Ehlo,
            "HELO" => SmtpVerb.Helo,
            "STARTTLS" => SmtpVerb.StartTls,
            "MAIL" => SmtpVerb.Mail,
            "RCPT" => SmtpVerb.Rcpt,
            "DATA" => SmtpVerb.Data,
            "BDAT" => SmtpVerb.Bdat,
            "RSET" => SmtpVerb.Rset,
            "NOOP" => SmtpVerb.Noop,
            "VRFY" => SmtpVerb.Vrfy,
            "EXPN" => SmtpVerb.Expn,
            "HELP" => SmtpVerb.Help,
            "QUIT" => SmtpVerb.Quit,
            _ => SmtpVerb.Unknown,
        };
    }

    private const int LongestVerb = 8;
}
