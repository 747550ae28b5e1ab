using System.Collections.ObjectModel;

namespace MimeKit;

public class InternetAddressList : ReadOnlyCollection<InternetAddress>
{
    internal InternetAddressList(List<InternetAddress> addresses) : base(addresses) { }

    /// <summary>All mailboxes in order, those in groups included.</summary>
    public IEnumerable<MailboxAddress> Mailboxes => this.SelectMany(address =>
        address is GroupAddress group ? group.Members.Mailboxes : [(MailboxAddress)address]);

    /// <summary>False when any of it cannot be read.</summary>
    public static bool TryParse(string text, out InternetAddressList addresses)
    {
        var isReadable = AddressParser.TryParseList(Encoding.UTF8.GetBytes(text), isLenient: false, out var list);
        addresses = isReadable ? new InternetAddressList(list) : null!;
        return isReadable;
    }

    public override string ToString() => string.Join(", ", this);
}
