using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cybertemp.Mail.Schema;

/// <summary>
/// Brings the schema to the version this program knows. The numbered files in Migrations are each a transaction of
/// their own that takes its turn under an advisory lock and refuses to run twice, so replicas and psql may start
/// together.
/// </summary>
internal sealed partial class SchemaMigrator(NpgsqlDataSource dataSource, ILogger<SchemaMigrator> logger)
{
    private const string AlreadyApplied = "CT001";
    private const string ResourceMarker = ".Schema.Migrations.";

    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(10);

    private static readonly SortedDictionary<int, string> Scripts = FindScripts();

    /// <summary>The version this program works with.</summary>
    public static int KnownVersion => Scripts.Keys.Max();

    /// <summary>Completes when the database has this version, whoever brought it there.</summary>
    /// <exception cref="SchemaTooNewException">The database belongs to a newer program.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        int version;
        while ((version = await ReadVersionAsync(dataSource, ct)) < KnownVersion)
        {
            await ApplyAsync(version + 1, ct);
        }

        if (version > KnownVersion)
        {
            throw new SchemaTooNewException(version, KnownVersion);
        }
    }

    /// <summary>The database's version; 0 without a schema.</summary>
    public static async Task<int> ReadVersionAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        await using var find = dataSource.CreateCommand("select to_regclass('cybertemp_schema') is not null");
        if (await find.ExecuteScalarAsync(ct) is not true)
        {
            return 0;
        }

        await using var read = dataSource.CreateCommand("select coalesce(max(version), 0) from cybertemp_schema");
        return (int)(await read.ExecuteScalarAsync(ct))!;
    }

    private async Task ApplyAsync(int version, CancellationToken ct)
    {
        // Disposing the connection rolls back what a failed script began.
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command =
            new NpgsqlCommand(ReadScript(version), connection) { CommandTimeout = (int)ScriptTimeout.TotalSeconds };
        try
        {
            await command.ExecuteNonQueryAsync(ct);
            LogApplied(version);
        }
        catch (PostgresException ex) when (ex.SqlState == AlreadyApplied)
        {
            LogAppliedElsewhere(version);
        }
    }

    private static SortedDictionary<int, string> FindScripts()
    {
        var scripts = new SortedDictionary<int, string>();
        foreach (var name in Assembly.GetExecutingAssembly().GetManifestResourceNames())
        {
            var marker = name.IndexOf(ResourceMarker, StringComparison.Ordinal);
            if (marker >= 0)
            {
                scripts.Add(
                    int.Parse(name.AsSpan(marker + ResourceMarker.Length, 4), CultureInfo.InvariantCulture), name);
            }
        }

        return scripts;
    }

    private static string ReadScript(int version)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Scripts[version])!);
        return reader.ReadToEnd();
    }

    [LoggerMessage(LogLevel.Information, "Applied schema version {Version}")]
    private partial void LogApplied(int version);

    [LoggerMessage(LogLevel.Information, "Schema version {Version} was applied by another process meanwhile")]
    private partial void LogAppliedElsewhere(int version);
}
