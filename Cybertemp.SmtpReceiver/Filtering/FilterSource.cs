using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Recipients;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.SmtpReceiver.Filtering;

/// <summary>
/// Holds the snapshot in force and answers from it. Before the first one nothing is accepted for good or refused for
/// good.
/// </summary>
internal sealed class FilterSource : IRecipientPolicy, ISenderPolicy
{
    private FilterSnapshot? _current;

    public FilterSource()
    {
    }

    /// <summary>A source that needs nobody to fill it.</summary>
    public FilterSource(FilterSnapshot snapshot) => _current = snapshot;

    /// <summary>Null until the first one has been loaded.</summary>
    public FilterSnapshot? Current => Volatile.Read(ref _current);

    public void Swap(FilterSnapshot snapshot) => Volatile.Write(ref _current, snapshot);

    public PolicyVerdict CheckRecipient(in Mailbox mailbox) => Current switch
    {
        null => PolicyVerdict.NotReady,
        var snapshot when !snapshot.Accepts(mailbox) => PolicyVerdict.Refused,
        var snapshot => snapshot.CheckRecipient(mailbox) switch
        {
            RecipientVerdict.Accepted => PolicyVerdict.Accepted,
            RecipientVerdict.Blocked => PolicyVerdict.Blocked,
            RecipientVerdict.WithoutPrefix => PolicyVerdict.WithoutPrefix,
        },
    };

    public PolicyVerdict CheckSender(in Mailbox mailbox) => Current switch
    {
        null => PolicyVerdict.NotReady,
        var snapshot => snapshot.Bans(mailbox) ? PolicyVerdict.Refused : PolicyVerdict.Accepted,
    };
}
