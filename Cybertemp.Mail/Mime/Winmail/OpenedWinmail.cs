using Cybertemp.Mail.Mime.Contents;
using MimeKit;
using MimeKit.Tnef;

namespace Cybertemp.Mail.Mime.Winmail;

/// <summary>The TNEF leaves of a message (winmail.dat), opened.</summary>
internal sealed class OpenedWinmail
{
    private const int MaxOpened = 8;

    private readonly Dictionary<MimeEntity, WinmailMessage> _messages = [];

    /// <summary>In the order of the message.</summary>
    public List<WinmailMessage> Messages { get; } = [];

    /// <summary>Null for a leaf that is no TNEF.</summary>
    public WinmailMessage? Of(MimeEntity leaf) => _messages.GetValueOrDefault(leaf);

    public static OpenedWinmail Open(EntityTree tree, MimeLimits limits)
    {
        var opened = new OpenedWinmail();
        foreach (var leaf in tree.Leaves)
        {
            if (leaf is MimePart part && IsNamedWinmail(part) && opened.Messages.Count < MaxOpened
                && WinmailMessage.Read(PartContent.Decode(part, int.MaxValue), limits.MaxAttachments) is { } message)
            {
                opened.Messages.Add(message);
                opened._messages.Add(leaf, message);
            }
        }

        return opened;
    }

    private static bool IsNamedWinmail(MimePart part) =>
        part is TnefPart || (part.ContentType.IsMimeType("application", "octet-stream")
        && part.FileName?.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase) == true);
}
