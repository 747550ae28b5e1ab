namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>The copy of a message for one inbox.</summary>
internal readonly record struct PendingRow(Guid Id, string Inbox, bool IsReserved);
