using Cybertemp.Mail.Addresses;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Inboxes;

/// <summary>Finds an address for a new inbox: one that receivers take mail for, as far as is known.</summary>
internal static class AddressChoice
{
    /// <summary>Either the address, in normal form, or the problem.</summary>
    public static (Mailbox? Address, Problem? Problem) Find(NewInbox wanted, AcceptedDomains? accepted)
    {
        if (wanted.Address is { } given)
        {
            return wanted.Domain is null ? Check(given, accepted) : (null, Problem.MalformedBody);
        }

        if (wanted.Domain is null)
        {
            return accepted is { Patterns.Count: > 0 } some
                ? (AddressMaker.MakeAt(Any(some), some), null)
                : (null, Problem.NoDomains);
        }

        return MailDomain.TryNormalize(wanted.Domain, out var domain) && accepted?.Contains(domain) is not false
            ? (AddressMaker.MakeAt(domain, accepted), null)
            : (null, Problem.DomainNotAccepted);
    }

    private static (Mailbox? Address, Problem? Problem) Check(string given, AcceptedDomains? accepted)
    {
        if (!InboxAddress.TryParseMailbox(given, out var mailbox))
        {
            return (null, Problem.MalformedAddress);
        }

        return accepted?.Contains(mailbox.Domain) is false ? (null, Problem.DomainNotAccepted)
            : accepted?.Receives(mailbox) is false ? (null, Problem.AddressNotAccepted)
            : (mailbox, null);
    }

    /// <summary>Any that is a domain itself, if there is one.</summary>
    private static DomainEntry Any(AcceptedDomains accepted)
    {
        var plain = accepted.Patterns.Where(static p => !p.IsWildcard).ToList();
        var from = plain.Count > 0 ? plain : accepted.Patterns;
        return DomainEntry.Of(from[Random.Shared.Next(from.Count)]);
    }
}
