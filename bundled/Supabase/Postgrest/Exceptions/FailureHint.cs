namespace Supabase.Postgrest.Exceptions;

/// <summary>Why a request failed, guessed from the response.</summary>
public static class FailureHint
{
    public enum Reason
    {
        Unknown,
        NotAuthorized,
        ForeignKeyViolation,
        UniquenessViolation,
        ServerError,
        UndefinedTable,
        UndefinedFunction,
        InvalidArgument,
    }

    internal static Reason DetectReason(int statusCode, string content) => statusCode switch
    {
        401 => Reason.NotAuthorized,
        403 when content.Contains("apikey", StringComparison.OrdinalIgnoreCase) => Reason.NotAuthorized,

        // The published package has these two the wrong way round.
        404 when content.Contains("42883", StringComparison.Ordinal) => Reason.UndefinedTable,
        404 when content.Contains("42P01", StringComparison.Ordinal) => Reason.UndefinedFunction,
        500 => Reason.ServerError,
        _ => Reason.Unknown,
    };
}
