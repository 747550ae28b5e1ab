using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Cybertemp.AppHost.Servers.Postgres;

/// <summary>
/// Healthy when the database can be used with the password of the connection string. At first it sees to that over the
/// Unix socket: new data has neither, and kept data may have another password, since user secrets can be lost.
/// </summary>
internal sealed class PostgresProcessCheck(PostgresProcess server) : IHealthCheck
{
    private bool _isSetUp;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!_isSetUp)
            {
                await SetUpAsync(cancellationToken);
                _isSetUp = true;
            }

            var connectionString = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
            await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException ex)
        {
            return HealthCheckResult.Unhealthy(ex.Message);
        }
    }

    private async Task SetUpAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = server.Volume.SocketDirectory,
            Port = server.Endpoint.Port,
            Username = PostgresProcess.UserName,
            Database = "postgres",
            Pooling = false,
            Timeout = 5,
        }.ConnectionString);
        await connection.OpenAsync(ct);
        await ExecuteAsync(
            connection,
            "select format('alter role %I password %L', current_user, $1)",
            await server.Password.GetValueAsync(ct),
            ct);
        await ExecuteAsync(
            connection,
            "select format('create database %I', $1) where not exists (select from pg_database where datname = $1)",
            server.DatabaseName,
            ct);
    }

    /// <summary>Executes what a query makes of the value: utility statements take no parameters.</summary>
    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string query, string? value, CancellationToken ct)
    {
        await using var format = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = value } } };
        if (await format.ExecuteScalarAsync(ct) is string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
