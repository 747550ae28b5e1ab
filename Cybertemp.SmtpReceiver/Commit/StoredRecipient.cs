namespace Cybertemp.SmtpReceiver.Commit;

/// <summary>An inbox that receives a copy.</summary>
/// <param name="Inbox">The normalised address.</param>
/// <param name="IsReserved">
/// A reserved local part (postmaster, admin, …): always stored as private mail, since whoever reads it can obtain TLS
/// certificates for the domain.
/// </param>
internal readonly record struct StoredRecipient(string Inbox, bool IsReserved);
