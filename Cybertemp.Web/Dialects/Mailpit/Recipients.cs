using Cybertemp.Web.Dialects.Mailpit.Shapes;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>To whom a mail says that it goes. An inbox that no field names was a blind copy.</summary>
internal sealed record Recipients(
    IReadOnlyList<MailAddress> To,
    IReadOnlyList<MailAddress> Cc,
    IReadOnlyList<MailAddress> Bcc,
    IReadOnlyList<MailAddress> ReplyTo)
{
    public static Recipients Of(string inbox, IReadOnlyList<MessageHeader> header)
    {
        var (to, cc) = (Field(header, "To"), Field(header, "Cc"));
        var isNamed = to.Concat(cc).Any(a => a.Address.Equals(inbox, StringComparison.OrdinalIgnoreCase));
        var inboxes = (IReadOnlyList<MailAddress>)[new MailAddress("", inbox)];
        return new Recipients(
            to.Count == 0 && cc.Count == 0 ? inboxes : to,
            cc,
            isNamed || (to.Count == 0 && cc.Count == 0) ? [] : inboxes,
            Field(header, "Reply-To"));
    }

    private static List<MailAddress> Field(IReadOnlyList<MessageHeader> header, string name) =>
    [
        .. header.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(static h => AddressField.Read(h.Value)),
    ];
}
