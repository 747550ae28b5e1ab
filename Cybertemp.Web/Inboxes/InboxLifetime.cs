namespace Cybertemp.Web.Inboxes;

/// <summary>How much longer an inbox is wanted.</summary>
/// <param name="Ttl">In seconds, from now on.</param>
internal sealed record InboxLifetime(int Ttl);
