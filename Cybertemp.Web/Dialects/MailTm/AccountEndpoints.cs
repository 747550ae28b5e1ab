using System.Text.Json.Nodes;
using Cybertemp.Web.Access;
using Cybertemp.Web.Access.SignIn;
using Cybertemp.Web.Domains;
using Cybertemp.Web.Inboxes;
using Cybertemp.Web.Messages;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.MailTm;

/// <summary><c>/accounts</c>, <c>/token</c> and <c>/me</c>.</summary>
internal static class AccountEndpoints
{
    private const int MinPasswordLength = 8;

    private static readonly Problem Taken = new(
        422, "address-taken", "address: This value is already used.",
        "It is somebody's, has had mail, or is reserved.");

    private static readonly Problem ShortPassword = new(
        422, "password-too-short", "password: This value is too short.", "A password has 8 to 1000 characters.");

    public static async Task<IResult> CreateAsync(
        HttpContext context, AccountDoors doors, DomainCatalog catalog, MailTmDialect dialect, CancellationToken ct)
    {
        var (wanted, malformed) = await JsonBody.ReadAsync(context.Request, WebJson.Api.NewSession, ct);
        if (malformed is not null)
        {
            return dialect.Tell(malformed);
        }

        var (address, problem) = await catalog.GetAsync(ct) is { } accepted
            ? AddressChoice.Find(new NewInbox(Address: wanted!.Address), accepted)
            : (null, Problem.NoDomains);
        problem ??= wanted!.Password.Length is < MinPasswordLength or > Sessions.MaxPasswordLength
            ? ShortPassword
            : doors.Refuse(context, $"{address}");
        if (problem is not null)
        {
            return dialect.Tell(problem);
        }

        return await doors.CreateAsync(address!.Value, wanted!.Password, ct) is { } account
            ? MailTmAnswer.One(context, MailTmShapes.Of(account), StatusCodes.Status201Created)
            : dialect.Tell(Taken);
    }

    public static async Task<IResult> SignInAsync(
        HttpContext context, AccountDoors doors, MailTmDialect dialect, CancellationToken ct)
    {
        var (wanted, malformed) = await JsonBody.ReadAsync(context.Request, WebJson.Api.NewSession, ct);
        if (malformed is not null || !InboxAddress.TryParse(wanted!.Address, out var address))
        {
            return dialect.Tell(malformed ?? Problem.WrongCredentials);
        }

        if (doors.Refuse(context, address) is { } refusal)
        {
            return dialect.Tell(refusal);
        }

        return await doors.SignInAsync(address, wanted.Password, ct) is var (account, token)
            ? MailTmAnswer.One(
                context,
                new JsonObject
                {
                    ["token"] = token,
                    ["@id"] = MailTmShapes.AccountPath(account),
                    ["id"] = account.Id.ToString("D"),
                })
            : dialect.Tell(Problem.WrongCredentials);
    }

    public static Task<IResult> GetMeAsync(
        HttpContext context, Accounts accounts, MailTmDialect dialect, CancellationToken ct) =>
        WithOwnAsync(
            context, accounts, dialect,
            account => Task.FromResult(MailTmAnswer.One(context, MailTmShapes.Of(account))), ct);

    public static Task<IResult> GetAsync(
        string id, HttpContext context, Accounts accounts, MailTmDialect dialect, CancellationToken ct) =>
        WithOwnAsync(
            context, accounts, dialect,
            account => Task.FromResult(
                Is(account, id)
                    ? MailTmAnswer.One(context, MailTmShapes.Of(account))
                    : dialect.Tell(Problem.NotSignedIn)),
            ct);

    /// <summary>Its mail goes, and nobody signs in to it again.</summary>
    public static Task<IResult> CloseAsync(
        string id, HttpContext context, Accounts accounts, MessageWrites messages, MailTmDialect dialect,
        CancellationToken ct) => WithOwnAsync(
            context, accounts, dialect,
            async account =>
            {
                if (!Is(account, id))
                {
                    return dialect.Tell(Problem.NotSignedIn);
                }

                await accounts.CloseAsync(account.Address, ct);
                await messages.DeleteAllAsync(context.Reader(), account.Address, ct);
                return TypedResults.NoContent();
            },
            ct);

    /// <summary>Of the session; without one it is refused.</summary>
    public static async Task<IResult> WithOwnAsync(
        HttpContext context, Accounts accounts, MailTmDialect dialect, Func<Account, Task<IResult>> answer,
        CancellationToken ct) =>
        context.Reader() is { Kind: ReaderKind.Owner } owner
            && await accounts.FindAsync(owner.Address, ct) is { } account
            ? await answer(account)
            : dialect.Tell(Problem.NotSignedIn);

    private static bool Is(Account account, string id) => account.Id.ToString("D") == id;
}
