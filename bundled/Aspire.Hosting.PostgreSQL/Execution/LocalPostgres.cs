using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Execution;

/// <summary>
/// PostgreSQL as a process of this machine. Over TCP it wants the password; over the Unix socket, whose directory only its
/// own account may enter, it wants none, so that no password has to be on a command line or in a file.
/// </summary>
internal sealed class LocalPostgres(PostgresServerResource resource) : ILocalServer
{
    private const string InvalidPassword = "28P01";
    private const string MaintenanceDatabase = "postgres";

    private bool _isNew;

    public string Account => "postgres";

    public async Task<ProcessSpec> PrepareAsync(LocalServerContext context, CancellationToken ct)
    {
        var data = context.Volume.DataDirectory;
        var binaries = await PostgresBinaries.FindAsync(await DataVersionAsync(data, ct), ct);
        context.Description = $"PostgreSQL {binaries.Version}";
        await context.CreateOwnDirectoryAsync(context.Volume.RunDirectory, ct);
        if (!Directory.Exists(data))
        {
            await InitializeAsync(binaries, context, ct);
        }

        await context.TakeAsync(data, ct);
        await PostmasterPid.ClearAsync(data, ct);
        return new ProcessSpec(
            binaries.Server,
            ["-D", data, "-k", context.Volume.RunDirectory, "-p", Text(context.Port), "-c", "listen_addresses=localhost"])
        {
            Account = context.Account,
            WorkingDirectory = "/",
            Environment = ServerEnvironment(),
            StopSignal = context.Volume.IsPersistent ? UnixSignal.Interrupt : UnixSignal.Quit,
            DeathSignal = UnixSignal.Quit,
        };
    }

    public async Task<bool> IsReadyAsync(LocalServerContext context, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenSocketAsync(context, ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>New data has no password, and that of kept data may be another one: user secrets can be lost.</summary>
    public async Task CompleteStartAsync(LocalServerContext context, CancellationToken ct)
    {
        if (_isNew || !await TakesPasswordAsync(ct))
        {
            await SetPasswordAsync(context, ct);
            _isNew = false;
        }

        var prefix = $"psql -h {context.Volume.RunDirectory} -p {Text(context.Port)} -U {await UserNameAsync(ct)}";
        context.Hints = [.. resource.Databases.Values.Select(database => $"{prefix} {database}")];
    }

    private async Task<bool> TakesPasswordAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                $"{await resource.ConnectionStringExpression.GetValueAsync(ct)};Database={MaintenanceDatabase};Pooling=false");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (PostgresException ex) when (ex.SqlState == InvalidPassword)
        {
            return false;
        }
    }

    private static async Task<int?> DataVersionAsync(string data, CancellationToken ct)
    {
        var file = Path.Combine(data, "PG_VERSION");
        return File.Exists(file) ? int.Parse(await File.ReadAllTextAsync(file, ct), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Nothing of the caller's environment tells the server where its data or its port is.</summary>
    private static Dictionary<string, string?> ServerEnvironment() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name.StartsWith("PG", StringComparison.Ordinal))
        .ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Into a directory of another name first: half an initialisation is not taken for data.</summary>
    private async Task InitializeAsync(PostgresBinaries binaries, LocalServerContext context, CancellationToken ct)
    {
        var unfinished = context.Volume.DataDirectory + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        await context.CreateOwnDirectoryAsync(unfinished, ct);
        string[] durability = context.Volume.IsPersistent ? [] : ["--no-sync"];
        var locale = Directory.Exists("/usr/lib/locale/C.utf8") ? "C.UTF-8" : "C";
        await Tool.RunAsync(
            context.Account,
            binaries.InitDb,
            ["-D", unfinished, "-U", await UserNameAsync(ct), "-E", "UTF8", $"--locale={locale}", "--auth-local=trust", "--auth-host=scram-sha-256", .. durability],
            ct);
        Directory.Move(unfinished, context.Volume.DataDirectory);
        _isNew = true;
    }

    private async Task SetPasswordAsync(LocalServerContext context, CancellationToken ct)
    {
        await using var connection = await OpenSocketAsync(context, ct);
        await using var statement = new NpgsqlCommand("select format('alter role %I password %L', $1, $2)", connection)
        {
            Parameters = { new() { Value = await UserNameAsync(ct) }, new() { Value = await resource.PasswordParameter.GetValueAsync(ct) } },
        };
        await using var alter = new NpgsqlCommand((string)(await statement.ExecuteScalarAsync(ct))!, connection);
        await alter.ExecuteNonQueryAsync(ct);
    }

    private async Task<NpgsqlConnection> OpenSocketAsync(LocalServerContext context, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = context.Volume.RunDirectory,
            Port = context.Port,
            Username = await UserNameAsync(ct),
            Database = MaintenanceDatabase,
            Pooling = false,
            Timeout = 5,
        }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private async Task<string> UserNameAsync(CancellationToken ct) => (await resource.UserNameReference.GetValueAsync(ct))!;
}
