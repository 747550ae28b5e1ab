using System.Runtime.InteropServices;
using Cybertemp.Web.Messages.Answers;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>The narrow columns of a message.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessageRow(
    Guid Id,
    Guid MessageUid,
    MailSender From,
    string To,
    string Subject,
    DateTime ReceivedAt,
    int SizeBytes,
    int Attachments,
    bool Read)
{
    /// <summary>From <see cref="MessageSql.SummaryColumns"/>.</summary>
    public static MessageRow Of(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        new MailSender(row.GetString(2), row.GetString(3)),
        row.GetString(4),
        row.GetString(5),
        row.GetDateTime(6),
        row.GetInt32(7),
        row.GetInt32(8),
        row.GetBoolean(9));

    public MessageSummary With(MessageDigest digest) => new(
        Id, MessageUid, From, To, Subject, digest.Intro, ReceivedAt, SizeBytes, Attachments, Read, digest.Code,
        digest.Link);
}
