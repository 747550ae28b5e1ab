namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>The inboxes that are whoever asks's own: of a session the one that it opened, otherwise none.</summary>
internal sealed record OwnInboxes(IReadOnlyList<OwnInbox> Inboxes);
