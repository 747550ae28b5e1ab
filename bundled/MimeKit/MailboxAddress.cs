namespace MimeKit;

public class MailboxAddress : InternetAddress
{
    internal MailboxAddress(string name, string address, DomainList? route = null)
        : base(name) => (Address, Route) = (address, route ?? new DomainList([]));

    /// <summary>The domain is not in A-labels; without a domain the local-part alone.</summary>
    public string Address { get; }

    public DomainList Route { get; }

    public static bool TryParse(string text, out MailboxAddress mailbox)
    {
        mailbox = AddressParser.ParseMailbox(Encoding.UTF8.GetBytes(text), isLenient: false)!;
        return mailbox is not null;
    }

    public override string ToString() => (string.IsNullOrEmpty(Name), Route.Count) switch
    {
        (true, 0) => Address,
        (true, _) => $"<{Route}:{Address}>",
        (false, 0) => $"{HeaderText.Quote(Name!)} <{Address}>",
        (false, _) => $"{HeaderText.Quote(Name!)} <{Route}:{Address}>",
    };
}
