using System.Collections;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

public class InternetAddressList : IEnumerable<InternetAddress>
{
    private readonly List<InternetAddress> _addresses;

    internal InternetAddressList(List<InternetAddress> addresses) => _addresses = addresses;

    public int Count => _addresses.Count;

    public InternetAddress this[int index] => _addresses[index];

    /// <summary>All mailboxes in order, those in groups included.</summary>
    public IEnumerable<MailboxAddress> Mailboxes => _addresses.SelectMany(address => address switch
    {
        GroupAddress group => group.Members.Mailboxes,
        MailboxAddress mailbox => [mailbox],
        _ => [],
    });

    /// <summary>False when any of it cannot be read.</summary>
    public static bool TryParse(string text, out InternetAddressList addresses)
    {
        var isReadable = AddressListParser.TryParse(Encoding.UTF8.GetBytes(text), isLenient: false, out var list);
        addresses = isReadable ? new InternetAddressList(list) : null!;
        return isReadable;
    }

    public IEnumerator<InternetAddress> GetEnumerator() => _addresses.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", _addresses);
}
