using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage.Operators;

/// <summary>What an operator asks of the store from a shell instead of starting the service.</summary>
internal static class OperatorCommands
{
    private const int Usage = 64;
    private const int Failure = 1;

    /// <summary>The commands and what they do.</summary>
    public const string List = """
          private add ADDRESS [--password-stdin]   its mail is private from now on, what is stored included
          private remove ADDRESS                   its new mail is temporary again
          private list
          inbox purge ADDRESS                      deletes its mail, private mail included
          inbox export ADDRESS                     writes its mail as mbox to standard output
          inbox hold ADDRESS                       keeps its mail beyond the retention
          inbox release ADDRESS                    ends a hold; what was kept stays until it is purged
          retention [--force]                      drops expired days now; with --force all of them
          migrate                                  brings the schema up to date and ends
        """;

    /// <summary>Runs the command that <paramref name="args"/> name.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="open">The store and its options as the service would have them; called only for a command.</param>
    /// <param name="normalize">An address in normal form, or null when it is none.</param>
    /// <param name="console">Where the command reads and writes.</param>
    /// <param name="ct">Ends the command; it can be run again.</param>
    /// <returns>The exit code, or null when the arguments are not an operator's command.</returns>
    public static async Task<int?> TryRunAsync(
        string[] args,
        Func<(NpgsqlDataSource Database, StorageOptions Options)> open,
        Func<string, string?> normalize,
        OperatorConsole console,
        CancellationToken ct)
    {
        if (args is not ["private" or "inbox" or "retention" or "migrate", ..])
        {
            return null;
        }

        if (Parse(args, normalize) is not { } command)
        {
            await console.Error.WriteLineAsync($"usage:\n{List}");
            return Usage;
        }

        try
        {
            var (database, options) = open();
            await using (database)
            {
                return await command(new Operator(database, options, console), ct);
            }
        }
        catch (Exception ex) when (ex is NpgsqlException or SchemaTooNewException or IOException)
        {
            await console.Error.WriteLineAsync(ex.Message);
            return Failure;
        }
    }

    private static Func<Operator, CancellationToken, Task<int>>? Parse(string[] args, Func<string, string?> normalize) => args switch
    {
        ["private", "list"] => static (op, ct) => op.ListPrivateAsync(ct),
        ["private", "add", var a] when normalize(a) is { } address => (op, ct) => op.AddPrivateAsync(address, readsPassword: false, ct),
        ["private", "add", var a, "--password-stdin"] when normalize(a) is { } address =>
            (op, ct) => op.AddPrivateAsync(address, readsPassword: true, ct),
        ["private", "remove", var a] when normalize(a) is { } address => (op, ct) => op.RemovePrivateAsync(address, ct),
        ["inbox", "purge", var a] when normalize(a) is { } address => (op, ct) => op.PurgeAsync(address, ct),
        ["inbox", "export", var a] when normalize(a) is { } address => (op, ct) => op.ExportAsync(address, ct),
        ["inbox", "hold", var a] when normalize(a) is { } address => (op, ct) => op.HoldAsync(address, ct),
        ["inbox", "release", var a] when normalize(a) is { } address => (op, ct) => op.ReleaseAsync(address, ct),
        ["retention"] => static (op, ct) => op.RunRetentionAsync(force: false, ct),
        ["retention", "--force"] => static (op, ct) => op.RunRetentionAsync(force: true, ct),
        ["migrate"] => static (op, ct) => op.MigrateAsync(ct),
        _ => null,
    };
}
