namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>What the service says of itself, by Mailpit's names. What it does not know is 0 or "".</summary>
internal sealed record MailpitInfo(
    string Version,
    string LatestVersion,
    string Database,
    long DatabaseSize,
    int Messages,
    int Unread,
    IReadOnlyDictionary<string, int> Tags,
    MailpitRuntime RuntimeStats);
