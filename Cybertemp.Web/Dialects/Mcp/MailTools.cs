using System.ComponentModel;
using Cybertemp.Web.Access;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Inboxes;
using Cybertemp.Web.Live;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Messages.Answers;
using Cybertemp.Web.Requests;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Cybertemp.Web.Dialects.Mcp;

/// <summary>What an agent can do with mail. One for each call.</summary>
[McpServerToolType]
internal sealed class MailTools(
    MessageReads messages, MessageWaits waits, OpenWaits open, DomainCatalog catalog, IHttpContextAccessor accessor)
{
    private const int MaxWaitSeconds = 60;

    private HttpContext Context => accessor.HttpContext!;

    [McpServerTool(Name = "create_inbox", ReadOnly = true, OpenWorld = false)]
    [Description(
        "A random address that nobody can guess and that receives mail at once. Nothing is stored before mail comes.")]
    public Task<CallToolResult> CreateInboxAsync(
        [Description("A domain that mail is accepted for; any when left out.")] string? domain = null,
        CancellationToken cancellationToken = default) => ToolAnswer.OfAsync(async () =>
        {
            var (address, problem) = AddressChoice.Find(
                new NewInbox(domain), await catalog.GetAsync(cancellationToken));
            return problem is null
                ? ToolAnswer.Of(new InboxName($"{address}"), WebJson.Api.InboxName)
                : ToolAnswer.Of(problem);
        });

    [McpServerTool(Name = "list_messages", ReadOnly = true)]
    [Description(
        "The mail of an inbox, newest first: sender, subject, beginning, code and link of each. " + MailText.Notice)]
    public Task<CallToolResult> ListMessagesAsync(
        [Description("The inbox, as box@example.com.")] string address,
        [Description("Only mail that is newer than the message with this id.")] string? after = null,
        [Description("At most so many, 1 to 100.")] int limit = MessageQuery.DefaultLimit,
        CancellationToken cancellationToken = default) => ToolAnswer.OfAsync(async () =>
        {
            if (Read(address, after, limit, out var query) is { } problem)
            {
                return ToolAnswer.Of(problem);
            }

            var listing = await messages.ListAsync(query, cancellationToken);
            return listing.HasForeignCursor
                ? ToolAnswer.Of(Problem.CursorOfAnotherInbox)
                : ToolAnswer.Of(
                    new MailList(
                        MailText.Notice,
                        await messages.CompleteAsync(query.Reader.Kind, listing.Rows, cancellationToken)),
                    ToolJson.Api.MailList);
        });

    [McpServerTool(Name = "get_message", ReadOnly = true)]
    [Description("One message with its text. " + MailText.Notice)]
    public Task<CallToolResult> GetMessageAsync(
        [Description("Its id, as list_messages gives it.")] string id,
        CancellationToken cancellationToken = default) => ToolAnswer.OfAsync(async () =>
            !MessageId.TryParse(id, out var messageId)
                ? ToolAnswer.Of(Problem.MalformedId)
                : await messages.FindAsync(Context.Reader(), messageId, cancellationToken) is { } message
                    ? ToolAnswer.Of(MailText.Of(message), ToolJson.Api.MailText)
                    : ToolAnswer.Of(Problem.NoSuchMessage));

    [McpServerTool(Name = "wait_for_code", ReadOnly = true)]
    [Description(
        "Waits for mail with a one-time code or a link to confirm with, and gives both. A mail that is there already "
        + "counts, unless it is not newer than after. Call it again when the time was up. " + MailText.Notice)]
    public Task<CallToolResult> WaitForCodeAsync(
        [Description("The inbox, as box@example.com.")] string address,
        [Description("How long at most, in seconds, 0 to 60.")] int seconds = 30,
        [Description("Only mail that is newer than the message with this id.")] string? after = null,
        [Description("A part of the sender's name or address.")] string? from = null,
        [Description("A part of the subject.")] string? subject = null,
        CancellationToken cancellationToken = default) => ToolAnswer.OfAsync(async () =>
        {
            if (Read(address, after, MessageQuery.MaxLimit, out var query) is { } problem)
            {
                return ToolAnswer.Of(problem);
            }

            if (seconds is < 0 or > MaxWaitSeconds)
            {
                return ToolAnswer.Of(Problem.MalformedWait);
            }

            query = query with { From = from, Subject = subject };
            return IsFilter(from) && IsFilter(subject)
                ? await open.HoldAsync(
                    Context, () => WaitAsync(query, TimeSpan.FromSeconds(seconds), cancellationToken), ToolAnswer.Of)
                : ToolAnswer.Of(Problem.MalformedFilter);
        });

    private async Task<CallToolResult> WaitAsync(MessageQuery query, TimeSpan wait, CancellationToken ct) =>
        await waits.WaitAsync(query, HasCode, wait, ct) switch
        {
            null => ToolAnswer.Of(Problem.CursorOfAnotherInbox),
            [] => ToolAnswer.Of(FoundMail.None, ToolJson.Api.FoundMail),
            [var found, ..] => ToolAnswer.Of(FoundMail.Of(found), ToolJson.Api.FoundMail),
        };

    private static bool HasCode(MessageSummary message) => message.Code is not null || message.Link is not null;

    private static bool IsFilter(string? text) =>
        text is null
        || (text.Length is > 0 and <= QueryReader.MaxTextLength && !text.Contains('\0', StringComparison.Ordinal));

    private Problem? Read(string address, string? after, int limit, out MessageQuery query)
    {
        query = null!;
        var hasCursor = MessageId.TryParse(after, out var cursor);
        if (!InboxAddress.TryParse(address, out var inbox))
        {
            return Problem.MalformedAddress;
        }

        query = new MessageQuery(Context.Reader().In(inbox), inbox)
        {
            After = hasCursor ? cursor : null,
            Limit = limit,
        };
        return after is not null && !hasCursor ? Problem.MalformedCursor
            : limit is < 1 or > MessageQuery.MaxLimit ? Problem.MalformedLimit
            : null;
    }
}
