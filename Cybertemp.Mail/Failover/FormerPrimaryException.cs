namespace Cybertemp.Mail.Failover;

/// <summary>The server was a primary before another one was promoted: what it stores will be lost.</summary>
internal sealed class FormerPrimaryException(string server, int timeline, int newest) : Exception(
    $"{server} is a former primary: it is on timeline {timeline}, and {newest} was seen. "
    + "Stop it, or make it a standby");
