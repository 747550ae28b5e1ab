using System.Buffers;
using System.Text;

namespace Cybertemp.Mail.Addresses;

/// <summary>Local parts: the quoted form of RFC 5321 §4.1.2, and the normal form that names an inbox.</summary>
internal static class MailLocalPart
{
    /// <summary>Octets, RFC 5321 §4.5.3.1.1; kept for our own inboxes only.</summary>
    public const int MaxBytes = 64;

    private static readonly SearchValues<char> AtomText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    public static bool IsAtomText(char c) => AtomText.Contains(c) || IsUtf8Text(c);

    /// <summary>RFC 6531 §3.3 UTF8-non-ascii, less the C1 controls and U+FFFE, which has no normal form.</summary>
    public static bool IsUtf8Text(char c) => c is >= '\u00a0' and not '\ufffe';

    /// <summary>Dot-string or Quoted-string.</summary>
    public static bool IsStrict(ReadOnlySpan<char> localPart) => localPart is ['"', ..] || IsDotString(localPart);

    /// <summary>
    /// Length of the quoted string at the start of <paramref name="text"/>, quotes included; 0 when it does not end.
    /// </summary>
    public static int QuotedLength(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    return i + 1;
                case '\\' when i + 1 < text.Length && (text[i + 1] <= '\x7f' || IsUtf8Text(text[i + 1])):
                    i++;
                    break;
                case '\\':
                    return 0;
                case > '\x7f' when !IsUtf8Text(text[i]):
                    return 0;
                default:
                    break;
            }
        }

        return 0;
    }

    /// <summary>NFC, lower case, quotes only where the grammar needs them. Idempotent.</summary>
    public static string Normalize(ReadOnlySpan<char> localPart)
    {
        var content = localPart is ['"', .. var quoted, '"'] ? Unescape(quoted) : localPart.ToString();
        var folded = Fold(content);
        return IsDotString(folded) ? folded : Quote(folded);
    }

    private static string Fold(string content)
    {
        if (Ascii.IsValid(content))
        {
            return content.ToLowerInvariant();
        }

        // Lower-casing can leave a sequence that composes, so the last step is the normalisation.
        return content.Normalize(NormalizationForm.FormC).ToLowerInvariant().Normalize(NormalizationForm.FormC);
    }

    private static string Unescape(ReadOnlySpan<char> quoted)
    {
        var content = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            i += quoted[i] == '\\' && i + 1 < quoted.Length ? 1 : 0;
            content.Append(quoted[i]);
        }

        return content.ToString();
    }

    private static bool IsDotString(ReadOnlySpan<char> content)
    {
        var afterDot = true;
        foreach (var c in content)
        {
            if (c == '.' ? afterDot : !IsAtomText(c))
            {
                return false;
            }

            afterDot = c == '.';
        }

        return !afterDot;
    }

    private static string Quote(string content)
    {
        var quoted = new StringBuilder(content.Length + 2).Append('"');
        foreach (var c in content)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
