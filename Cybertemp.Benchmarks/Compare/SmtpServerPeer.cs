using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using MimeKit;
using Npgsql;
using NpgsqlTypes;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>
/// The SmtpServer package as its documentation shows it: a message store that loads the mail with MimeKit, and inserts
/// a row a recipient before it answers.
/// </summary>
internal sealed class SmtpServerPeer(NpgsqlDataSource dataSource) : MessageStore
{
    public const string Role = "smtpserver-peer";

    private const string Insert = """
        insert into peer_emails (inbox, mail_from, subject, text, html, attachments, raw)
        values ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Arguments: port, connection string.</summary>
    public static async Task RunAsync(string port, string connectionString)
    {
        await using var dataSource = NpgsqlDataSource.Create(
            connectionString + ";Maximum Pool Size=20;Max Auto Prepare=4");
        await PeerSchema.CreateAsync(dataSource);
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(
                new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture))))
            .Build();
        var services = new ServiceProvider();
        services.Add(new SmtpServerPeer(dataSource));
        await new SmtpServer.SmtpServer(options, services).StartAsync(CancellationToken.None);
    }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken)
    {
        var raw = buffer.ToArray();
        using var stream = new MemoryStream(raw);
        var mail = await MimeMessage.LoadAsync(stream, cancellationToken);
        var attachments = JsonSerializer.Serialize(mail.Attachments.OfType<MimePart>().Select(static part => new
        {
            name = part.FileName,
            contentType = part.ContentType?.MimeType,
            sizeBytes = part.Content?.Stream?.Length,
        }));
        foreach (var recipient in transaction.To)
        {
            await using var command = dataSource.CreateCommand(Insert);
            command.Parameters.Add(Text(recipient.User + "@" + recipient.Host));
            command.Parameters.Add(Text(transaction.From is { } from ? from.User + "@" + from.Host : ""));
            command.Parameters.Add(Text(mail.Subject ?? ""));
            command.Parameters.Add(Text(mail.TextBody ?? ""));
            command.Parameters.Add(Text(mail.HtmlBody ?? ""));
            command.Parameters.Add(
                new NpgsqlParameter<string> { TypedValue = attachments, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = raw });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return SmtpResponse.Ok;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
