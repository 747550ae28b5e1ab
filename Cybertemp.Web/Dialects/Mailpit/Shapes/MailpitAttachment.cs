using System.Globalization;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>An attachment, by Mailpit's names.</summary>
/// <param name="PartID">Its place in the list, from 0.</param>
internal sealed record MailpitAttachment(
    string PartID, string FileName, string ContentType, string ContentID, long Size)
{
    public static MailpitAttachment Of(MessageAttachment attachment) => new(
        attachment.Index.ToString(CultureInfo.InvariantCulture), attachment.Name, attachment.ContentType,
        attachment.ContentId ?? "", attachment.SizeBytes);
}
