namespace Cybertemp.Mail.Refusals;

/// <summary>
/// Why mail did not come: one negative reply of a receiver, with the addresses that its log leaves out.
/// </summary>
/// <param name="At">UTC.</param>
/// <param name="Reference">What the reply ended with: the session and the number of its refusal.</param>
/// <param name="Receiver">The receiver's host name.</param>
/// <param name="Client">The address of the one who sent.</param>
/// <param name="Helo">As given; "" before EHLO.</param>
/// <param name="From">The reverse-path as given; "" when there was none.</param>
/// <param name="To">The recipient as given; "" when no one recipient was refused.</param>
/// <param name="Command">The SMTP command (RFC 5321 §4.1.1).</param>
/// <param name="Code">The reply's code (RFC 5321 §4.2).</param>
/// <param name="EnhancedCode">The reply's enhanced status code (RFC 3463), when it has one.</param>
/// <param name="Reason">Of a closed set, as in the metrics.</param>
/// <param name="Limit">The name of the limit that was reached, when it was one.</param>
internal sealed record Refusal(
    DateTime At, string Reference, string Receiver, string Client, string Helo, string From, string To,
    string Command, int Code, string? EnhancedCode, string Reason, string? Limit)
{
    /// <summary>
    /// True when <paramref name="text"/> is its reference, with or without the number, or the client's address, or a
    /// part of HELO, sender or recipient.
    /// </summary>
    public bool IsAbout(string text) =>
        Reference.Equals(text, StringComparison.OrdinalIgnoreCase)
        || (Reference.Length > text.Length && Reference[text.Length] == '.'
            && Reference.StartsWith(text, StringComparison.OrdinalIgnoreCase))
        || Client == text
        || Helo.Contains(text, StringComparison.OrdinalIgnoreCase)
        || From.Contains(text, StringComparison.OrdinalIgnoreCase)
        || To.Contains(text, StringComparison.OrdinalIgnoreCase);
}
