using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>An unprivileged account that a server runs under when the AppHost is root: PostgreSQL refuses root.</summary>
internal sealed record UnixAccount(string Name, int UserId, int GroupId)
{
    /// <summary>The account of that name, else nobody; null when we are not root and servers run as we do.</summary>
    public static UnixAccount? ForServer(string preferred)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var accounts = File.ReadLines("/etc/passwd").Select(Parse).OfType<UnixAccount>().ToList();
        return accounts.Find(a => a.Name == preferred)
            ?? accounts.Find(a => a.Name == "nobody")
            ?? throw new DistributedApplicationException($"A server cannot run as root, and there is neither an account '{preferred}' nor 'nobody'.");
    }

    private static UnixAccount? Parse(string line) =>
        line.Split(':') is [var name, _, var user, var group, ..]
        && int.TryParse(user, CultureInfo.InvariantCulture, out var userId)
        && int.TryParse(group, CultureInfo.InvariantCulture, out var groupId)
            ? new UnixAccount(name, userId, groupId)
            : null;
}
