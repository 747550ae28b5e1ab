using System.Globalization;

namespace Cybertemp.SmtpReceiver.Smtp.Content;

/// <summary>The argument of BDAT: RFC 3030 §2.</summary>
/// <param name="Octets">To be read after the command, even when it is refused.</param>
/// <param name="IsLast">The message ends with this chunk.</param>
/// <param name="Refusal">Known before the octets come; null when the chunk is welcome.</param>
internal readonly record struct BdatChunk(long Octets, bool IsLast, SmtpReply? Refusal)
{
    /// <summary>
    /// False when the size cannot be read: nobody can tell then where the chunk ends and commands begin. What follows a
    /// readable size wrongly is only a refusal.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> argument, out BdatChunk chunk)
    {
        var space = argument.IndexOf(' ');
        var size = space < 0 ? argument : argument[..space];
        var rest = space < 0 ? default : argument[space..].Trim(' ');
        var isRead = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var octets);
        var isLast = rest.Equals("LAST", StringComparison.OrdinalIgnoreCase);
        chunk = new BdatChunk(octets, isLast, isLast || rest.IsEmpty ? null : SmtpReply.ChunkSyntax);
        return isRead;
    }
}
