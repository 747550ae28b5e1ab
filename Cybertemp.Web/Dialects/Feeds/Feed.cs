using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Feeds;

/// <summary>
/// RSS 2.0. What senders wrote is text: readers take a description for HTML, so it is escaped as HTML first. Nothing in
/// it is fetched but when its reader follows a link to this service.
/// </summary>
internal static class Feed
{
    private const string NoSubject = "(no subject)";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true };

    /// <summary>A feed of an inbox.</summary>
    /// <param name="inbox">In normal form.</param>
    /// <param name="site">Where the page is, without a slash at its end.</param>
    /// <param name="messages">Newest first.</param>
    public static string Write(string inbox, string site, IReadOnlyList<MessageSummary> messages)
    {
        using var octets = new MemoryStream();
        using (var xml = XmlWriter.Create(octets, Settings))
        {
            var page = $"{site}/inbox/{Segment(inbox)}";
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("channel");
            xml.WriteElementString("title", Printable(inbox));
            xml.WriteElementString("link", page);
            xml.WriteElementString("description", $"Mail to {Printable(inbox)}");
            foreach (var message in messages)
            {
                WriteItem(xml, page, message);
            }
        }

        return Encoding.UTF8.GetString(octets.GetBuffer(), 0, (int)octets.Length);
    }

    private static void WriteItem(XmlWriter xml, string page, MessageSummary message)
    {
        var id = message.Id.ToString("D");
        xml.WriteStartElement("item");
        xml.WriteElementString("title", message.Subject.Length == 0 ? NoSubject : Printable(message.Subject));
        xml.WriteElementString("link", $"{page}/{id}");
        xml.WriteElementString("description", WebUtility.HtmlEncode(Printable(message.Intro)));
        if (message.From.Address.Length > 0)
        {
            var name = message.From.Name.Length == 0 ? "" : $" ({message.From.Name})";
            xml.WriteElementString("author", Printable(message.From.Address + name));
        }

        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(id);
        xml.WriteEndElement();
        xml.WriteElementString("pubDate", message.ReceivedAt.ToString("r", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>Readable in an address, as the page writes it.</summary>
    private static string Segment(string inbox) =>
        Uri.EscapeDataString(inbox).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>XML 1.0 §2.2 has no place for the other characters.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text);
        for (var i = 0; i < printable.Length; i++)
        {
            if (i + 1 < printable.Length && XmlConvert.IsXmlSurrogatePair(printable[i + 1], printable[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(printable[i]))
            {
                printable[i] = '\ufffd';
            }
        }

        return printable.ToString();
    }
}
