using Cybertemp.Tests.Cli;
using Cybertemp.Tests.Storage;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>All that the commands ask PostgreSQL about mail, done once.</summary>
internal static class CommandTour
{
    private static readonly string[] Commands =
    [
        "inbox hold a@t.example", "inbox export a@t.example", "inbox release a@t.example", "inbox purge a@t.example",
        "private add c@t.example", "private list",
        "private password c@t.example", "private remove c@t.example", "inbox end leased@t.example", "retention --force",
    ];

    public static async Task RunAsync(string connectionString, string earlier, NpgsqlDataSource admin)
    {
        await admin.ExecuteAsync("""
            insert into inbox_lease (address, expires_at) values ('leased@t.example', now() + interval '1 day');
            insert into emails select (jsonb_populate_record(e, '{"inbox": "c@t.example"}')).* from emails e limit 1;
            """);
        await using (var source = NpgsqlDataSource.Create(earlier))
        {
            await source.ExecuteAsync("""
                create table emails ("to" text, "from" text, subject text, body text, date timestamptz);
                insert into emails values ('a@t.example', 'x@y.example', 'earlier', 'text', now());
                """);
        }

        foreach (var command in (string[][])[["import", earlier], .. Commands.Select(static c => c.Split(' '))])
        {
            var run = await CliProcess.RunAsync(
                new Dictionary<string, string>(StringComparer.Ordinal), "a password\n",
                [.. command, "--database", connectionString]);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Error}");
        }
    }
}
