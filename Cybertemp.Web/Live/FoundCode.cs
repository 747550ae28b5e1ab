namespace Cybertemp.Web.Live;

/// <summary>What a mail asks its reader to type or to follow.</summary>
/// <param name="Code">To type; null when there is only a link.</param>
/// <param name="Link">To follow; null when there is only a code.</param>
/// <param name="MessageId">The mail.</param>
/// <param name="ReceivedAt">UTC.</param>
internal sealed record FoundCode(string? Code, string? Link, Guid MessageId, DateTime ReceivedAt);
