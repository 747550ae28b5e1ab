using System.CommandLine;
using System.Globalization;
using Cybertemp.Mail.Inboxes;

namespace Cybertemp.Cli.Commands;

/// <summary><c>private add|remove|list|password</c>.</summary>
internal static class PrivateCommand
{
    private static readonly Argument<string> Address = InboxArgument.Create();

    private static readonly Option<bool> ReadsPassword = new("--password-stdin")
    {
        Description = "Reads a password for it, one line of the standard input",
    };

    public static Command Create() => new("private", "The addresses whose mail is private and never expires")
    {
        new Command("list", "Lists them").Runs(ListAsync),
        new Command("add", "Makes an address private, with the mail that is stored for it") { Address, ReadsPassword }
            .Runs(AddAsync),
        new Command("remove", "Makes an address temporary again; its private mail stays private") { Address }
            .Runs(RemoveAsync),
        new Command("password", "Sets the password of a private address, from one line of the standard input")
        {
            Address,
        }
            .Runs(SetPasswordAsync),
    };

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        var addresses = await new PrivateAddresses(context.Database).ListAsync(ct);
        await context.WriteAsync(addresses, addresses);
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        string? hash = null;
        if (context.Arguments.GetValue(ReadsPassword))
        {
            if (await PasswordInput.ReadAsync(ct) is not { Length: > 0 } password)
            {
                return await RefuseEmptyAsync();
            }

            hash = PasswordHash.Create(password);
        }

        var moved = await new PrivateAddresses(context.Database).AddAsync(address, hash, ct);
        await context.WriteAsync(
            new { Address = address, MovedMessages = moved },
            string.Create(
                CultureInfo.InvariantCulture, $"{address} is private; {moved} stored messages moved with it"));
        return ExitCode.Done;
    }

    private static async Task<int> RemoveAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        var wasPrivate = await new PrivateAddresses(context.Database).RemoveAsync(address, ct);
        await context.WriteAsync(
            new { Address = address, WasPrivate = wasPrivate },
            wasPrivate ? $"{address} is temporary; its private mail stays private" : $"{address} was not private");
        return wasPrivate ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> SetPasswordAsync(CommandContext context, CancellationToken ct)
    {
        var address = context.Arguments.GetRequiredValue(Address);
        if (await PasswordInput.ReadAsync(ct) is not { Length: > 0 } password)
        {
            return await RefuseEmptyAsync();
        }

        var isPrivate = await new PrivateAddresses(context.Database)
            .SetPasswordAsync(address, PasswordHash.Create(password), ct);
        await context.WriteAsync(
            new { Address = address, IsPrivate = isPrivate },
            isPrivate
                ? $"{address} has a new password"
                : $"{address} is not private: cybertemp private add makes it so");
        return isPrivate ? ExitCode.Done : ExitCode.Refused;
    }

    private static Task<int> RefuseEmptyAsync() =>
        CommandContext.RefuseAsync("The password is empty: one line of the standard input is read.", ExitCode.Usage);
}
