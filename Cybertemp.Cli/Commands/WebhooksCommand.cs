using System.CommandLine;
using System.Globalization;
using Cybertemp.Mail.Webhooks;

namespace Cybertemp.Cli.Commands;

/// <summary><c>webhooks add|list|remove|log|retry</c>.</summary>
internal static class WebhooksCommand
{
    private const int DefaultLogLines = 100;

    private static readonly Argument<Uri> Url = new("URL")
    {
        Description = "Where to post to, https:// or http://",
        CustomParser = static result =>
        {
            var given = result.Tokens[0].Value;
            if (Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
                && url.UserInfo.Length == 0 && url.Fragment.Length == 0)
            {
                return url;
            }

            result.AddError("The URL is none of https:// or http:// without a user's name and a fragment.");
            return null;
        },
    };

    private static readonly Argument<WebhookScope> Scope = new("SCOPE")
    {
        Description = "Of which mail: an address, a domain, *.DOMAIN for all below it, or * for all mail",
        CustomParser = static result =>
        {
            if (!WebhookScope.TryParse(result.Tokens[0].Value, out var scope))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no address, domain, *. and domain, or *.");
            }

            return scope;
        },
    };

    private static readonly Option<string> From = Part("--from", "Only with this in the sender's name or address");

    private static readonly Option<string> Subject = Part("--subject", "Only with this in the subject");

    private static readonly Option<bool> ReadsSecret = new("--secret-stdin")
    {
        Description = "Takes the secret, whsec_ and base 64, from one line of the standard input",
    };

    private static readonly Argument<Guid> Id = new("ID") { Description = "As webhooks list shows it" };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many attempts at most",
        DefaultValueFactory = static _ => DefaultLogLines,
    };

    public static Command Create() => new("webhooks", "Tells other programs of new mail")
    {
        new Command("add", "Adds one and shows its secret, this once") { Url, Scope, From, Subject, ReadsSecret }
            .Runs(AddAsync),
        new Command("list", "Lists them, with what waits and what was given up").Runs(ListAsync),
        new Command("remove", "Removes one, and what it is still to be told") { Id }.Runs(RemoveAsync),
        new Command("log", "The last attempts, newest first") { Id, Limit }.Runs(LogAsync),
        new Command("retry", "Tells again what was given up") { Id }.Runs(RetryAsync),
    };

    private static Option<string> Part(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TEXT",
        DefaultValueFactory = static _ => "",
    };

    private static async Task<int> AddAsync(CommandContext context, CancellationToken ct)
    {
        var arguments = context.Arguments;
        var secret = arguments.GetValue(ReadsSecret)
            ? WebhookSecret.Parse(await PasswordInput.ReadAsync(ct) ?? "")
            : WebhookSecret.Create();
        if (secret is null)
        {
            return await CommandContext.RefuseAsync(
                "The secret is none: whsec_ and the base 64 of 24 to 64 octets, in one line.", ExitCode.Usage);
        }

        var (url, scope) = (arguments.GetRequiredValue(Url), arguments.GetRequiredValue(Scope));
        var id = await new WebhookTables(context.Database).AddAsync(
            url, secret, scope, (arguments.GetValue(From) ?? "", arguments.GetValue(Subject) ?? ""), ct);
        if (id is null)
        {
            return await CommandContext.RefuseAsync(string.Create(
                CultureInfo.InvariantCulture, $"There are {WebhookTables.MaxWebhooks} webhooks already."));
        }

        await context.WriteAsync(
            new { Id = id, Url = url.AbsoluteUri, Scope = scope.Text, Secret = secret.Reveal() },
            $"{id} is told of mail to {scope}", $"secret {secret.Reveal()}");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        var webhooks = await new WebhookTables(context.Database).ListAsync(ct);
        await context.WriteAsync(webhooks, webhooks.Select(Line));
        return ExitCode.Done;
    }

    private static string Line(WebhookRow row)
    {
        var parts = $"{(row.From.Length > 0 ? $" from '{row.From}'" : "")}"
            + $"{(row.Subject.Length > 0 ? $" subject '{row.Subject}'" : "")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Id} {row.Url} {row.Scope}{parts}: {row.Waiting} waiting, {row.Dead} given up"
                + $"{(row.IsFull ? ", full" : "")}");
    }

    private static async Task<int> RemoveAsync(CommandContext context, CancellationToken ct)
    {
        var id = context.Arguments.GetRequiredValue(Id);
        var isRemoved = await new WebhookTables(context.Database).RemoveAsync(id, ct);
        await context.WriteAsync(
            new { Id = id, IsRemoved = isRemoved }, isRemoved ? $"{id} removed" : $"{id} is not there");
        return isRemoved ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> LogAsync(CommandContext context, CancellationToken ct)
    {
        var attempts = await new WebhookTables(context.Database).ReadLogAsync(
            context.Arguments.GetRequiredValue(Id), Math.Max(context.Arguments.GetValue(Limit), 0), ct);
        await context.WriteAsync(attempts, attempts.Select(Line));
        return ExitCode.Done;
    }

    private static string Line(WebhookAttempt attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{attempt.At:yyyy-MM-ddTHH:mm:ss.fffZ} {attempt.EmailId} attempt {attempt.Attempt} {attempt.Outcome}"
            + $"{(attempt.Status is { } status ? $" {status}" : "")}"
            + $"{(attempt.Error.Length > 0 ? $" {attempt.Error}" : "")} {attempt.Milliseconds} ms");

    private static async Task<int> RetryAsync(CommandContext context, CancellationToken ct)
    {
        var id = context.Arguments.GetRequiredValue(Id);
        var messages = await new WebhookTables(context.Database).RetryAsync(id, ct);
        await context.WriteAsync(
            new { Id = id, Messages = messages },
            string.Create(CultureInfo.InvariantCulture, $"{messages} messages are told again"));
        return messages > 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
