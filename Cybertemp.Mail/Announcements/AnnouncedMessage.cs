namespace Cybertemp.Mail.Announcements;

/// <summary>A row that has just been committed, temporary or private.</summary>
/// <param name="Inbox">In normal form.</param>
/// <param name="Id">The row's.</param>
/// <param name="MessageUid">The message's: the same in all its rows.</param>
/// <param name="ReceivedAt">UTC.</param>
internal readonly record struct AnnouncedMessage(string Inbox, Guid Id, Guid MessageUid, DateTime ReceivedAt);
