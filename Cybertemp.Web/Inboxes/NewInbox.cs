namespace Cybertemp.Web.Inboxes;

/// <summary>What is wanted of a new address; all of it optional.</summary>
/// <param name="Domain">Where; null for any.</param>
/// <param name="Address">The whole address, in place of a random one.</param>
/// <param name="Ttl">After so many seconds the inbox ends and its mail goes; null keeps it as any other.</param>
/// <param name="Claim">Only the bearer of a token is shown its mail.</param>
internal sealed record NewInbox(
    string? Domain = null, string? Address = null, int? Ttl = null, bool Claim = false);
