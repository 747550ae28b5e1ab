using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Execution;

internal static class PostgresDatabases
{
    /// <summary>Creates the declared databases that the server does not have; those it has are left alone.</summary>
    public static async Task CreateMissingAsync(PostgresServerResource server, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(
            $"{await server.ConnectionStringExpression.GetValueAsync(ct)};Database=postgres;Pooling=false");
        await connection.OpenAsync(ct);
        foreach (var name in server.Databases.Values.Distinct(StringComparer.Ordinal))
        {
            await using var missing = new NpgsqlCommand(
                "select format('create database %I', $1) where not exists (select from pg_database where datname = $1)", connection)
            {
                Parameters = { new() { Value = name } },
            };
            if (await missing.ExecuteScalarAsync(ct) is string statement)
            {
                await using var create = new NpgsqlCommand(statement, connection);
                await create.ExecuteNonQueryAsync(ct);
            }
        }
    }
}
