using System.Globalization;
using Cybertemp.Mail.Schema;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cybertemp.Cli.Doctor;

/// <summary>Whether PostgreSQL can keep the promise of a 250.</summary>
internal static class DatabaseCheck
{
    private const string Subject = "PostgreSQL";
    private const int OldestVersion = 15;

    /// <summary>As the receiver: above it PostgreSQL's time is used.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(CommandContext context, CancellationToken ct)
    {
        var database = context.Database;
        var state = await DatabaseState.ReadAsync(database, ct);
        var skew = state.Time - TimeProvider.System.GetUtcNow().UtcDateTime;
        var limit = context.Configuration.GetValue("Storage:MaxDatabaseBytes", 0L);
        return
        [
            Server(state, new NpgsqlConnectionStringBuilder(database.ConnectionString)),
            Schema(state.SchemaVersion),
            .. state.SchemaVersion > 0 ? [Days(state)] : (Finding[])[],
            Setting("fsync", state.HasFsync),
            Setting("full_page_writes", state.HasFullPageWrites),
            SynchronousCommit(state.SynchronousCommit),
            Clock(skew),
            Size(state.Bytes, limit),
            DiskCheck.Run(state, limit),
        ];
    }

    private static Finding Server(DatabaseState state, NpgsqlConnectionStringBuilder settings)
    {
        var text =
            $"{state.ServerVersionText} answers at {settings.Host}:{settings.Port}, database {settings.Database}";
        return state.ServerVersion / 10_000 < OldestVersion
            ? Finding.Problem(Subject, text, $"version {OldestVersion} or newer is needed")
            : state.IsReadOnly
                ? Finding.Problem(
                    Subject, $"{text}, and takes no writes",
                    "name the primary in the connection string, or all hosts: it is then found")
                : Finding.Ok(Subject, text);
    }

    private static Finding Schema(int? version) => version switch
    {
        null => Finding.Note(
            "schema", "this role may not read its version", "deploy/sql/roles.sql says which role runs which command"),
        0 => Finding.Problem("schema", "there is none", "run: cybertemp migrate"),
        _ when version < SchemaMigrator.KnownVersion =>
            Finding.Problem(
                "schema", $"version {version}, this program knows {SchemaMigrator.KnownVersion}",
                "run: cybertemp migrate"),
        _ when version > SchemaMigrator.KnownVersion =>
            Finding.Problem(
                "schema", $"version {version}, this program knows {SchemaMigrator.KnownVersion}",
                "use the programs of the newer version"),
        _ => Finding.Ok("schema", $"version {version}"),
    };

    private static Finding Days(DatabaseState state) => state.HasTodayAndTomorrow
        ? Finding.Ok("days", "today's and tomorrow's partition of emails are there")
        : Finding.Problem(
            "days", "today's or tomorrow's partition of emails is missing",
            "run: cybertemp retention; receivers do so every hour");

    private static Finding Setting(string name, bool isOn) => isOn
        ? Finding.Ok(name, "on")
        : Finding.Problem(
            name, "off: a crash of PostgreSQL's machine can lose mail that was acknowledged",
            $"as superuser: alter system set {name} = on; select pg_reload_conf()");

    private static Finding SynchronousCommit(string value) => value == "off"
        ? Finding.Note("synchronous_commit", "off; receivers turn it on for what they commit")
        : Finding.Ok("synchronous_commit", value);

    private static Finding Clock(TimeSpan skew)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"this machine's is {skew.Duration().TotalSeconds:0.0} s from PostgreSQL's");
        return skew.Duration() > MaxSkew
            ? Finding.Problem("clock", text, "run an NTP client on both machines")
            : Finding.Ok("clock", text);
    }

    private static Finding Size(long bytes, long limit) => limit switch
    {
        0 => Finding.Note(
            "size", $"the database has {Megabytes(bytes)}, and no limit: a flood can fill the disk",
            "set Storage__MaxDatabaseBytes for the receivers"),
        _ when bytes >= limit => Finding.Problem(
            "size", $"the database has {Megabytes(bytes)}, Storage:MaxDatabaseBytes is "
                + $"{Megabytes(limit)}: mail is answered 452",
            "raise the limit, lower Storage:Retention and run: cybertemp retention --force, or purge inboxes"),
        _ => Finding.Ok("size", $"the database has {Megabytes(bytes)} of {Megabytes(limit)}"),
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}
