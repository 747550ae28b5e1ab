using System.Diagnostics.CodeAnalysis;
using Cybertemp.ServiceDefaults;
using Npgsql;

namespace Cybertemp.Web.Requests;

/// <summary>
/// The one place where a request's failure is caught: what the client did is its problem, what PostgreSQL did is one
/// to try again, anything else is ours and is logged. A client that is gone is told nothing.
/// </summary>
internal sealed partial class FailureEdge(RequestDelegate next, ILogger<FailureEdge> logger, TimeProvider time)
{
    private readonly StateChange _storage = new(time);

    [SuppressMessage(
        "Design", "CA1031", Justification = "Whatever it is, the client gets an answer and the log a line.")]
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest && _storage.IsNews(isFailing: false))
            {
                LogStorageBack();
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            ResponseHeaders.Set(context);
            await ProblemOf(exception).ExecuteAsync(context);
        }
    }

    private Problem ProblemOf(Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode);
            case InvalidDataException:
                // Of the request: a form that is none, or has too many fields.
                return Problem.MalformedBody;
            case NpgsqlException or TimeoutException:
                if (_storage.IsNews(isFailing: true))
                {
                    LogStorageAway(FailureReason.Of(exception));
                }

                return Problem.StorageAway;
            default:
                LogUnexpected(exception);
                return Problem.Unexpected;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail cannot be read: {Reason}")]
    private partial void LogStorageAway(string reason);

    [LoggerMessage(LogLevel.Information, "Mail can be read again")]
    private partial void LogStorageBack();

    [LoggerMessage(LogLevel.Error, "A request failed for a reason of ours")]
    private partial void LogUnexpected(Exception exception);
}
