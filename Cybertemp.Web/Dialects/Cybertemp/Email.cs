using System.Globalization;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Messages.Contents;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>A message as the Rust server's clients read it; nothing in it is null.</summary>
/// <param name="From">The decoded From field: <c>Name &lt;address&gt;</c>, or the address alone.</param>
/// <param name="To">The inbox.</param>
/// <param name="Date">When it was received, UTC.</param>
internal sealed record Email(
    string Id, string From, string To, string Subject, string Text, string Html, string Date, bool Read)
{
    public static Email Of(MessageRowBody message) => new(
        message.Row.Id.ToString("D"), FromField(message.Row.From), message.Row.To, message.Row.Subject, message.Text,
        message.Html, Iso(message.Row.ReceivedAt), message.Row.Read);

    public static Email Of(MessageDetail message) => new(
        message.Id.ToString("D"), FromField(message.From), message.To, message.Subject, message.Text, message.Html,
        Iso(message.ReceivedAt), message.Read);

    private static string FromField(MailSender from) =>
        from.Name.Length == 0 ? from.Address : $"{from.Name} <{from.Address}>";

    /// <summary>As JavaScript writes it, which every client reads.</summary>
    private static string Iso(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
