namespace Cybertemp.SmtpReceiver.Commit.Pending;

/// <summary>The copy of a message for one inbox.</summary>
internal readonly record struct PendingRow(Guid Id, string Inbox, bool IsReserved);
