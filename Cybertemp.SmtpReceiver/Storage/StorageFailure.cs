using System.Text;
using Cybertemp.ServiceDefaults;
using Npgsql;

namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>What a failed attempt means for the messages in it.</summary>
/// <param name="Kind">What to do about it.</param>
/// <param name="SqlState">The server's code, or "client" when the failure is not the server's.</param>
/// <param name="Text">The server's words.</param>
internal sealed record StorageFailure(StorageFailureKind Kind, string SqlState, string Text)
{
    private const string NoSqlState = "client";

    /// <summary>The server answered; the connection and the server work.</summary>
    public bool IsReported => SqlState != NoSqlState;

    /// <summary>There was no connection: the failure says nothing of the messages.</summary>
    public bool IsUnreached { get; private init; }

    /// <summary>For people, in one line.</summary>
    public string Reason => IsReported ? $"{SqlState}: {Text}" : Text;

    /// <summary>
    /// Only what PostgreSQL says of the data itself is poison: SQLSTATE classes 22, 23 and 54. Everything else, known
    /// or unknown, is an outage: a fail-over or a rotated password must never bounce mail.
    /// </summary>
    public static StorageFailure Of(Exception exception) => exception switch
    {
        NoConnectionException { InnerException: { } cause } =>
            Of(cause) with { Kind = StorageFailureKind.Outage, IsUnreached = true },
        PostgresException { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: null } ex =>
            new(StorageFailureKind.MissingDay, ex.SqlState, ex.MessageText),
        PostgresException ex when ex.SqlState is ['2', '2' or '3', ..] or ['5', '4', ..] =>
            new(StorageFailureKind.Poison, ex.SqlState, ex.MessageText),
        PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement,
        } ex =>
            new(StorageFailureKind.LostStatement, ex.SqlState, ex.MessageText),
        PostgresException ex => new(StorageFailureKind.Outage, ex.SqlState, ex.MessageText),

        // A lone surrogate does not even leave this process; trying again cannot help either.
        EncoderFallbackException => new(StorageFailureKind.Poison, NoSqlState, exception.Message),
        { InnerException: EncoderFallbackException inner } => new(StorageFailureKind.Poison, NoSqlState, inner.Message),
        _ => new(StorageFailureKind.Outage, NoSqlState, FailureReason.Of(exception)),
    };
}
