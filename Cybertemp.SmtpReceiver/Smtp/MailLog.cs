using Cybertemp.Mail.Clients;
using Cybertemp.Mail.Refusals;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// One line for every refused recipient or message, so that an operator finds why mail did not come, and the same with
/// its addresses for <see cref="RefusalNews"/>; so many a minute for one client, and what is beyond at Debug.
/// Thread-safe.
/// </summary>
internal sealed class MailLog(
    IOptions<LoggingOptions> options, RefusalNews news, TimeProvider time, ILogger<SmtpListener> logger)
{
    private const int LinesPerMinutePerClient = 60;
    private const int MaxAddressLength = 256;
    private const string Hidden = "…";

    private readonly TokenBuckets<ClientKey> _lines = new(LinesPerMinutePerClient, time);
    private readonly AddressLogging _addresses = options.Value.Addresses;

    /// <summary>A command, or the octets after it, were refused.</summary>
    /// <param name="number">Of the refusal in its session.</param>
    /// <param name="helo">As given.</param>
    /// <param name="from">As given.</param>
    /// <param name="to">As given.</param>
    public void Refused(SmtpPeer peer, int number, SmtpVerb verb, SmtpReply reply, string helo, string from, string to)
    {
        var isMail = verb is SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Bdat
            || reply.Limit is not null;
        if (isMail && _lines.TryTake(ClientKey.Of(peer.Address)))
        {
            if (news.IsWanted)
            {
                news.Add(new Refusal(
                    time.GetUtcNow().UtcDateTime, $"{peer.Reference}.{number}", "", peer.Address.ToString(), Cut(helo),
                    Cut(from), Cut(to), verb.ToString().ToUpperInvariant(), reply.Code, reply.EnhancedCode,
                    reply.Reason, reply.Limit));
            }

            SmtpLog.MailRefused(
                logger, peer.Reference, number, verb, reply.Code, reply.EnhancedCode, reply.Reason,
                reply.Limit ?? "none", peer.Address, helo, Show(from), Show(to));
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            SmtpLog.Refused(
                logger, peer.Reference, number, verb, reply.Code, reply.EnhancedCode, reply.Reason,
                reply.Limit ?? "none", peer.Address, helo, Show(from), Show(to));
        }
    }

    /// <summary>A message was answered 250.</summary>
    public void Accepted(SmtpPeer peer, ReceivedMessage message)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            SmtpLog.Accepted(
                logger, peer.Reference, message.Uid, message.Content.Length, peer.Address, message.Envelope.Helo,
                Show(message.Envelope.MailFrom), Show(message.Envelope.Recipients[0].ToString()),
                message.Envelope.Recipients.Count);
        }
    }

    private string Show(string address) => _addresses switch
    {
        AddressLogging.Full => Cut(address),
        AddressLogging.Masked => Mask(address),
        AddressLogging.Off => Hidden,
    };

    private static string Cut(string text) =>
        text.Length <= MaxAddressLength ? text : text[..MaxAddressLength] + Hidden;

    private static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        var domain = at < 0 ? "" : address[at..Math.Min(address.Length, at + MaxAddressLength)];
        return at switch
        {
            _ when address.Length == 0 => "",
            > 2 => $"{address[0]}{Hidden}{address[at - 1]}{domain}",
            _ => Hidden + domain,
        };
    }
}
