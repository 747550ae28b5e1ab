namespace Cybertemp.Web.Messages.Answers;

/// <summary>A message as a list shows it.</summary>
/// <param name="Id">A UUID of version 7: also the cursor.</param>
/// <param name="MessageUid">The same for every recipient of the mail, and in the sender's log.</param>
/// <param name="To">The inbox.</param>
/// <param name="Intro">The first 160 characters of the text, on one line.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="SizeBytes">Of the whole mail as sent.</param>
/// <param name="Attachments">How many.</param>
/// <param name="Code">The one-time code to type, or null.</param>
/// <param name="Link">The link to confirm or sign in with, or null.</param>
internal sealed record MessageSummary(
    Guid Id,
    Guid MessageUid,
    MailSender From,
    string To,
    string Subject,
    string Intro,
    DateTime ReceivedAt,
    int SizeBytes,
    int Attachments,
    bool Read,
    string? Code,
    string? Link);
