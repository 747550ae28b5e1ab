namespace Cybertemp.Tests.Smtp.Content;

/// <summary>
/// What DATA means, said once more and as simply as can be, over all of the input at once: the tests' oracle.
/// </summary>
internal static class ReferenceDots
{
    private const string End = "\r\n.\r\n";

    /// <summary>Octets up to and with the end of the message; -1 when it does not end.</summary>
    public static int Length(string input)
    {
        var end = ("\r\n" + input).IndexOf(End, StringComparison.Ordinal);
        return end < 0 ? -1 : end + End.Length - 2;
    }

    /// <summary>Of a message with its end.</summary>
    public static bool HasLookAlike(string message) => message[..^3]
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace('\r', '\n')
        .Split('\n')
        .Any(static line => line.Replace("\0", "", StringComparison.Ordinal) == ".");

    /// <summary>Of a message with its end, and without a look-alike.</summary>
    public static string Decode(string message) =>
        ("\r\n" + message[..^3]).Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
}
