using System.Net.Sockets;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.Mail.Schema;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Npgsql;
using StackExchange.Redis;

namespace Cybertemp.Cli;

/// <summary>Why a command could not do its work.</summary>
/// <param name="ExitCode">Of <see cref="Cli.ExitCode"/>.</param>
/// <param name="Lines">One a reason, without secrets.</param>
internal sealed record CommandFailure(int ExitCode, IReadOnlyList<string> Lines)
{
    private const int Interrupted = 130;

    /// <summary>Null for a fault of this program.</summary>
    public static CommandFailure? Describe(Exception exception, IConfiguration configuration) =>
        ConfigurationFailure.Describe(exception, configuration) is { Count: > 0 } lines
            ? new(Cli.ExitCode.Configuration, [.. lines.Select(static line => $"configuration: {line}")])
            : exception switch
            {
                PostgresException refusal => new(ExitCodeOf(refusal.SqlState), [Describe(refusal)]),
                NpgsqlException or SocketException =>
                    new(Cli.ExitCode.Unavailable, [$"PostgreSQL does not answer: {OneLine(exception)}"]),
                RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
                    new(Cli.ExitCode.Configuration, ["Redis refuses the password of ConnectionStrings:redis"]),
                RedisConnectionException =>
                    new(Cli.ExitCode.Unavailable, [$"Redis does not answer: {exception.Message.Split(". ")[0]}"]),
                _ when MirrorConnection.IsFailure(exception) =>
                    new(Cli.ExitCode.Unavailable, [$"Redis does not answer: {OneLine(exception)}"]),
                InvalidDataException =>
                    new(Cli.ExitCode.Unavailable, [$"The filters in Redis cannot be read: {exception.Message}"]),
                SchemaTooNewException or IOException or UnauthorizedAccessException =>
                    new(Cli.ExitCode.Refused, [OneLine(exception)]),
                OperationCanceledException => new(Interrupted, ["interrupted"]),
                _ => null,
            };

    private static int ExitCodeOf(string sqlState) => sqlState[..2] switch
    {
        "28" or "3D" => Cli.ExitCode.Configuration,
        "08" or "53" or "57" => Cli.ExitCode.Unavailable,
        _ => Cli.ExitCode.Refused,
    };

    private static string Describe(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction =>
            $"PostgreSQL refuses: {OneLine(refusal.MessageText)}. Is the schema there? cybertemp migrate makes it",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"PostgreSQL refuses: {OneLine(refusal.MessageText)}. deploy/sql/roles.sql says which role runs which "
                + "command",
        _ => $"PostgreSQL refuses: {OneLine(refusal.MessageText)} ({refusal.SqlState})",
    };

    private static string OneLine(Exception exception) => OneLine(
        exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{exception.Message}: {inner.Message}"
            : exception.Message);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
