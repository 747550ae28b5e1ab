using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>
/// What receiver, web and commands ask, on a database that <c>deploy/sql/citus.sql</c> was run on, by the rules that
/// Citus has for statements. PostgreSQL's plans say what each one touches.
/// </summary>
public sealed class CitusStatementTests
{
    private const string Last = "select 'the tour has ended'";

    [Fact]
    public async Task Each_statement_is_for_one_inbox_or_has_a_reason()
    {
        await using var postgres = await PostgresServer.StartAsync(LoggedPlan.Settings);
        var connectionString = await CitusDatabase.CreateAsync(postgres);
        await using var admin = NpgsqlDataSource.Create(connectionString + ";Application Name=tests");
        await ReceiverTour.RunAsync(connectionString, admin);
        await WebTour.RunAsync(connectionString, admin);
        await CommandTour.RunAsync(connectionString, await postgres.CreateDatabaseAsync(), admin);
        await admin.ExecuteAsync(Last);

        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        var plans = (await LoggedPlan.ReadAsync(postgres, database, Last))
            .FindAll(static p => p.Program.StartsWith("cybertemp", StringComparison.Ordinal));
        var far = plans.ConvertAll(static p => (p.Text, Reach: CitusPlan.ReachOf(p.Plan)))
            .FindAll(static p => p.Reach is not CitusReach.OneShard);
        string[] offences =
        [
            .. SqlInSources.Find().Where(f => !plans.Exists(p => p.Text.Contains(f, StringComparison.Ordinal)))
                .Select(static f => $"Not toured: {f}"),
            .. far.Where(static p => !CitusExceptions.All.Any(e => IsOf(p, e)))
                .Select(static p => $"{p.Reach}: {p.Text}"),
            .. CitusExceptions.All.Where(e => !far.Exists(p => IsOf(p, e)))
                .Select(static e => $"No exception: {e.Begin}"),
        ];
        Assert.True(offences.Length == 0, string.Join('\n', offences.Distinct(StringComparer.Ordinal)));
    }

    private static bool IsOf((string Text, CitusReach Reach) plan, CitusException exception) =>
        plan.Reach == exception.Reach && plan.Text.Contains(exception.Begin, StringComparison.Ordinal);
}
