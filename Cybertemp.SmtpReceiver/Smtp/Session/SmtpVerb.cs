namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>
/// RFC 5321 §4.1.1, RFC 3030 (BDAT), RFC 3207 (STARTTLS). XCLIENT and LHLO are unknown here on purpose.
/// </summary>
internal enum SmtpVerb
{
    Unknown,
    Ehlo,
    Helo,
    StartTls,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Vrfy,
    Expn,
    Help,
    Quit,
}
