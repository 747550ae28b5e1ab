using System.Text.Json;

namespace Cybertemp.Web.Requests;

/// <summary>
/// Every answer that is none, as <c>application/problem+json</c> (RFC 9457). Immutable; one of a kind.
/// </summary>
internal sealed class Problem : IResult
{
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:cybertemp:problem:";

    public static readonly Problem MalformedId = new(
        400, "malformed-id", "The id is none", "An id is a UUID of version 7, as lists give it.");

    public static readonly Problem MalformedAddress = new(
        400, "malformed-address", "The address is none", "An inbox is named by its address, as box@example.com.");

    public static readonly Problem MalformedCursor = new(
        400, "malformed-cursor", "The cursor is none", "after and before are ids of messages, as lists give them.");

    public static readonly Problem CursorOfAnotherInbox = new(
        400, "cursor-of-another-inbox", "The cursor is of another inbox", "after and before are ids of this inbox.");

    public static readonly Problem MalformedLimit = new(
        400, "malformed-limit", "The limit is out of range", "limit is a whole number from 1 to 100.");

    public static readonly Problem MalformedOffset = new(
        400, "malformed-offset", "The offset is out of range", "offset is a whole number from 0 to 100000.");

    public static readonly Problem MalformedWait = new(
        400, "malformed-wait", "The wait is out of range",
        "wait is a whole number of seconds from 0 to 60, and not beside before.");

    public static readonly Problem MalformedFilter = new(
        400, "malformed-filter", "The filter is too long", "from and subject are 1 to 200 characters.");

    public static readonly Problem MalformedSearch = new(
        400, "malformed-search", "The search makes no sense",
        "Words, from: to: subject: has:attachment is:read is:unread, before: and after: a day such as 2026-01-31.");

    public static readonly Problem RepeatedParameter = new(
        400, "repeated-parameter", "A parameter is given twice", "Each parameter may be given once.");

    public static readonly Problem MalformedBody = new(
        400, "malformed-body", "The body is not what is wanted",
        "The body is a JSON object with the fields of the documentation.");

    public static readonly Problem MalformedTtl = new(
        400, "malformed-ttl", "The time to live is out of range",
        "ttl is a whole number of seconds, 60 at least, Web:MaxInboxLifetime at most.");

    public static readonly Problem NotSignedIn = new(
        401, "not-signed-in", "The credential is not good",
        "It has expired, or never was. Without one, public mail is shown.");

    public static readonly Problem WrongCredentials = new(
        401, "wrong-credentials", "Address and password do not belong together", "Or the address is not private.");

    public static readonly Problem OperatorsOnly = new(
        403, "operators-only", "This is for operators", "Authorization: Bearer with the key of Web:OperatorKey.");

    public static readonly Problem HoldersOnly = new(
        403, "holders-only", "This is for the bearer of the inbox's token",
        "Authorization: Bearer with the token of a claimed inbox.");

    public static readonly Problem TooManyWaits = new(
        429, "too-many-waits", "Too many requests are held open", "End one of them first.", retryAfterSeconds: 10);

    public static readonly Problem TooManyDownloads = new(
        429, "too-many-downloads", "Too many attachments are being taken", "Take those under way first.",
        retryAfterSeconds: 10);

    public static readonly Problem NoSuchMessage = new(
        404, "no-such-message", "There is no such message", "It has expired, was deleted, or never was.");

    public static readonly Problem NoSuchAttachment = new(
        404, "no-such-attachment", "There is no such attachment",
        "Attachments are counted from 0, as the message lists them.");

    public static readonly Problem AddressTaken = new(
        409, "address-taken", "The address is taken", "Name one that was never used, or none for a random one.");

    public static readonly Problem AddressNotAccepted = new(
        422, "address-not-accepted", "No mail is accepted for the address", "Ask for a random one at its domain.");

    public static readonly Problem DomainNotAccepted = new(
        422, "domain-not-accepted", "No mail is accepted for the domain", "GET /v1/domains lists those that are.");

    public static readonly Problem NoDomains = new(
        503, "no-domains", "It is not known which domains are accepted", "Name the domain, or try again later.");

    public static readonly Problem NoRefusals = new(
        503, "no-refusals", "Refusals cannot be looked up now",
        "They are kept in Redis, which is away or not configured. The receivers' log has them too.",
        retryAfterSeconds: 5);

    public static readonly Problem DownloadsBusy = new(
        503, "downloads-busy", "Others are taking as many attachments as there is memory for", "Try again later.",
        retryAfterSeconds: 10);

    public static readonly Problem StorageAway = new(
        503, "storage-away", "Mail cannot be read now", "The database is away. Try again in some seconds.",
        retryAfterSeconds: 5);

    public static readonly Problem Unexpected = new(
        500, "unexpected", "Something unexpected happened", "It is in the log of the service.");

    private readonly int? _retryAfterSeconds;

    public Problem(int status, string code, string title, string detail, int? retryAfterSeconds = null)
    {
        (Status, Code, Title, Detail) = (status, code, title, detail);
        _retryAfterSeconds = retryAfterSeconds;
    }

    public int Status { get; }

    /// <summary>Names the kind for programs: the end of <c>type</c>.</summary>
    public string Code { get; }

    public string Title { get; }

    public string Detail { get; }

    public static Problem TooManyRequests(int seconds) => new(
        429, "too-many-requests", "Too many requests", "Ask less often, or wait for what comes.", seconds);

    public static Problem TooManySessions(int seconds) => new(
        429, "too-many-sessions", "Too many passwords were tried", "Try again later.", seconds);

    public static Problem TooManyInboxes(int seconds) => new(
        429, "too-many-inboxes", "Too many inboxes were asked for",
        "Try again later, or take one without an end and a claim.", seconds);

    /// <summary>For what the server itself refuses before an endpoint has the request.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        400 => new(
            400, "malformed-request", "The request is malformed", "It is no HTTP request as this API knows them."),
        404 => new(404, "no-such-resource", "There is nothing here", "GET /openapi/v1.json lists what there is."),
        405 => new(
            405, "method-not-allowed", "The method is not allowed here", "The Allow header lists those that are."),
        413 => new(413, "body-too-large", "The body is too large", "No request of this API needs more than 64 KiB."),
        415 => new(415, "not-json", "The body is not JSON", "Send application/json."),
        _ => new(status, "refused", "The request is refused", "It is no request as this API knows them."),
    };

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, static (_, _) => { }, ContentType);

    /// <summary>The same with members of a dialect (RFC 9457 §3.2), and as what its clients take for JSON.</summary>
    public async Task WriteAsync(
        HttpContext httpContext, Action<Problem, Utf8JsonWriter> writeMore, string contentType)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
        if (_retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, TypePrefix + Code);
            json.WriteString("title"u8, Title);
            json.WriteNumber("status"u8, Status);
            json.WriteString("detail"u8, Detail);
            writeMore(this, json);
            json.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
