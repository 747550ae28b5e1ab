namespace Cybertemp.Mail.Mime.Attachments;

/// <summary>An entry of the column <c>attachments</c>.</summary>
/// <param name="Name">Harmless and never empty.</param>
/// <param name="ContentType">As said.</param>
/// <param name="SizeBytes">Without transfer encoding; of an attached message its octets with CRLF.</param>
/// <param name="ContentId">Without brackets; null when there is none.</param>
/// <param name="IsInline">The HTML shows it.</param>
/// <param name="Index">The place among all leaves of the message, shown ones included, from 0.</param>
internal readonly record struct Attachment(
    string Name, string ContentType, long SizeBytes, string? ContentId, bool IsInline, int Index);
