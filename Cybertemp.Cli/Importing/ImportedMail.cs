using Cybertemp.Mail.Addresses;
using Npgsql;

namespace Cybertemp.Cli.Importing;

/// <summary>One row of mail on its way.</summary>
internal sealed class ImportedMail
{
    /// <summary>Where the row is in its table, as a <c>tid</c>.</summary>
    public required string Place { get; init; }

    public required Guid Id { get; init; }

    /// <summary>In normal form; null where the row has no address.</summary>
    public required string? Inbox { get; init; }

    public required Mailbox Mailbox { get; init; }

    /// <summary>UTC; null where the row has no time.</summary>
    public required DateTime? ReceivedAt { get; init; }

    public required string MailFrom { get; init; }

    public required string FromName { get; init; }

    public required string FromAddress { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required string MessageId { get; init; }

    public required DateTime? Date { get; init; }

    public required byte[] Raw { get; init; }

    public required bool IsRead { get; init; }

    /// <summary>Its place is private_emails.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>The columns as <see cref="MailImport"/> asks for them.</summary>
    public static ImportedMail Read(NpgsqlDataReader reader, bool isPrivate)
    {
        var isMailbox = TryParse(reader.GetString(2), out var mailbox);
        var (name, address) = Split(reader.GetString(5), reader.GetString(6));
        return new()
        {
            Place = reader.GetString(0),
            Id = reader.GetGuid(1),
            Inbox = isMailbox ? mailbox.ToString() : null,
            Mailbox = mailbox,
            ReceivedAt = Time(reader, 3),
            MailFrom = reader.GetString(4) is { Length: > 0 } given ? given : address,
            FromName = name,
            FromAddress = address,
            Subject = reader.GetString(7),
            Text = reader.GetString(8),
            Html = reader.GetString(9),
            MessageId = reader.GetString(10),
            Date = Time(reader, 11),
            Raw = reader.GetFieldValue<byte[]>(12),
            IsRead = reader.GetBoolean(13),
            IsPrivate = isPrivate,
        };
    }

    /// <summary>An address alone, or with a name before it in angle brackets.</summary>
    public static bool TryParse(string text, out Mailbox mailbox)
    {
        mailbox = default;
        var (_, address) = Split("", text.Trim());
        return MailPath.TryParse($"<{address}>", out var path) && path.Rest.IsEmpty
            && path.CheckRecipient(allowsUtf8: true, out mailbox) is RecipientSpelling.Valid;
    }

    private static (string Name, string Address) Split(string name, string address)
    {
        var (open, close) = (address.LastIndexOf('<'), address.LastIndexOf('>'));
        return open < 0 || close < open
            ? (name, address)
            : (name.Length > 0 ? name : address[..open].Trim().Trim('"'), address[(open + 1)..close]);
    }

    private static DateTime? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDateTime(column);
}
