namespace Cybertemp.Mail.Schema;

/// <summary>
/// What <c>emails</c>, <c>private_emails</c> and <c>held_emails</c> have alike, as lists for statements.
/// </summary>
internal static class EmailColumns
{
    /// <summary>What a new row is given.</summary>
    public const string Given = """
        id, inbox, message_uid, received_at, mail_from, from_name, from_address, subject, text, html, message_id, date,
        raw, size_bytes, attachments, headers, parse_note, client_ip, helo, tls
        """;

    /// <summary>Every column: what moves with a row from table to table.</summary>
    public const string All = $"{Given}, read";
}
