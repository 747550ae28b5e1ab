namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>
/// PostgreSQL committed, but the wait for its synchronous standby was cut short: durable on one machine only.
/// </summary>
internal sealed class StandbyUnconfirmedException()
    : Exception("The wait for the synchronous standby was cancelled");
