using System.Net.Mail;
using Npgsql;

namespace Cybertemp.AppHost;

/// <summary>What a person can do from the dashboard in place of a terminal.</summary>
internal static class StackCommands
{
    /// <summary>"Send a test mail": over SMTP, as anybody would.</summary>
    public static IResourceBuilder<ProjectResource> WithTestMailCommand(this IResourceBuilder<ProjectResource> receiver)
    {
        var smtp = receiver.GetEndpoint("smtp");
        return receiver.WithCommand("send-test-mail", "Send a test mail", context => RunAsync(async ct =>
        {
            var (to, subject) = (context.Arguments.GetString("to")!, context.Arguments.GetString("subject")!);
            using var client = new SmtpClient(smtp.Host, smtp.Port);
            using var mail = new MailMessage("dashboard@example.org", to, subject, "Your code is 482 913.");
            await client.SendMailAsync(mail, ct);
            return $"{to} has it: the receiver answered 250 after the commit.";
        }, context.CancellationToken), new CommandOptions
        {
            Description = "Sends a small mail to an inbox of the local stack.",
            IconName = "MailArrowForward",
            IsHighlighted = true,
            Arguments =
            [
                Text("to", "Recipient", "box@cybertemp.localhost"),
                Text("subject", "Subject", "Hello, it works"),
            ],
        });
    }

    /// <summary>"Add a domain" and "Ban a sender": rows in the tables, which reach every receiver at once.</summary>
    public static IResourceBuilder<ProjectResource> WithRuleCommands(
        this IResourceBuilder<ProjectResource> sync, IResourceWithConnectionString database) => sync
            .WithCommand("add-domain", "Add a domain", context => RunAsync(async ct =>
            {
                var domain = context.Arguments.GetString("domain")!;
                await ExecuteAsync(
                    database, "insert into domains (domain) values ($1) on conflict do nothing", domain, ct);
                return $"Mail for {domain} is accepted.";
            }, context.CancellationToken), new CommandOptions
            {
                Description = "example.com, or *.example.com for every subdomain.",
                IconName = "GlobeAdd",
                Arguments = [Text("domain", "Domain", "example.com")],
            })
            .WithCommand("ban-sender", "Ban a sender", context => RunAsync(async ct =>
            {
                var sender = context.Arguments.GetString("sender")!;
                await ExecuteAsync(
                    database,
                    "insert into bans (scope, value) select case when $1 like '%@%' then 'email' else 'domain' end, $1",
                    sender,
                    ct);
                return $"Mail from {sender} is refused.";
            }, context.CancellationToken), new CommandOptions
            {
                Description = "An address, or a domain with all its addresses.",
                IconName = "PersonProhibited",
                Arguments = [Text("sender", "Sender", "spammer@example.net")],
            });

    private static InteractionInput Text(string name, string label, string value) => new()
    {
        Name = name,
        Label = label,
        InputType = InputType.Text,
        Required = true,
        Value = value,
    };

    private static async Task<ExecuteCommandResult> RunAsync(
        Func<CancellationToken, Task<string>> command, CancellationToken ct)
    {
        try
        {
            return CommandResults.Success(await command(ct));
        }
        catch (Exception ex) when (ex is SmtpException or NpgsqlException or FormatException)
        {
            return CommandResults.Failure(ex.InnerException?.Message ?? ex.Message);
        }
    }

    private static async Task ExecuteAsync(
        IResourceWithConnectionString database, string sql, string value, CancellationToken ct)
    {
        await using var dataSource = NpgsqlDataSource.Create((await database.GetConnectionStringAsync(ct))!);
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
