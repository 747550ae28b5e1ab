namespace Cybertemp.Web.Messages.Answers;

/// <summary>A part of a mail that is not its text.</summary>
/// <param name="Index">Its place in the list, from 0: the last segment of its address.</param>
/// <param name="Name">Harmless and never empty.</param>
/// <param name="ContentType">As the sender says; not to be trusted.</param>
/// <param name="SizeBytes">Decoded.</param>
/// <param name="ContentId">Without brackets; null when there is none.</param>
/// <param name="Inline">The HTML shows it.</param>
internal sealed record MessageAttachment(
    int Index, string Name, string ContentType, long SizeBytes, string? ContentId, bool Inline);
