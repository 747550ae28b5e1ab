namespace Cybertemp.SmtpReceiver.Storage.Maintenance;

/// <summary>The partitions of <c>emails</c> as seen from the database's day, in UTC.</summary>
/// <param name="Count">Partitions that are attached.</param>
/// <param name="Oldest">Days back to the oldest; null without any.</param>
/// <param name="Newest">Days ahead to the newest; null without any.</param>
/// <param name="HasTomorrow">Mail has somewhere to go at midnight.</param>
internal sealed record EmailDays(int Count, int? Oldest, int? Newest, bool HasTomorrow);
