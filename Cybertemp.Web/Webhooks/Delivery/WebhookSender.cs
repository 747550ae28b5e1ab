using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Cybertemp.Web.Messages.Answers;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>One request to a webhook, signed as Standard Webhooks has it. Thread-safe.</summary>
internal sealed class WebhookSender(WebhookConnector connector, IOptions<WebhookOptions> options, TimeProvider time)
    : IDisposable
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Agent = "Cybertemp-Webhooks";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _client = connector.CreateClient();

    /// <summary>Completes with the answer's first lines, or after <see cref="WebhookOptions.Timeout"/>.</summary>
    public async Task<Attempt> SendAsync(
        Webhook webhook, DueMessage due, MessageSummary summary, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(options.Value.Timeout);
        try
        {
            using var request = Create(webhook, due, summary);
            using var response = await _client.SendAsync(request, timeout.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? new Attempt(due, AttemptOutcome.Delivered, status, time.GetElapsedTime(started), "")
                : new Attempt(due, AttemptOutcome.Failed, status, time.GetElapsedTime(started), "status");
        }
        catch (Exception ex)
            when (ex is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return new Attempt(due, AttemptOutcome.Failed, null, time.GetElapsedTime(started), ErrorOf(ex));
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Create(Webhook webhook, DueMessage due, MessageSummary summary)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookEvent("message.received", summary.ReceivedAt, summary), WebJson.Api.WebhookEvent);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var id = string.Create(CultureInfo.InvariantCulture, $"msg_{due.EmailId:N}");
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.TryAddWithoutValidation(IdHeader, id);
        request.Headers.TryAddWithoutValidation(TimestampHeader, now.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(SignatureHeader, webhook.Secret.Sign(id, now, body));
        return request;
    }

    private static string ErrorOf(Exception exception) => exception switch
    {
        OperationCanceledException => "timeout",
        HttpRequestException { InnerException: ForbiddenNetworkException } => "private_network",
        HttpRequestException { InnerException: SocketException socket } => SocketError(socket),
        HttpRequestException { InnerException: AuthenticationException } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name_resolution",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        SocketException socket => SocketError(socket),
        _ => "connection",
    };

    private static string SocketError(SocketException socket) => socket.SocketErrorCode switch
    {
        System.Net.Sockets.SocketError.ConnectionRefused => "connection_refused",
        System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.NoData => "name_resolution",
        System.Net.Sockets.SocketError.TimedOut => "timeout",
        _ => "connection",
    };
}
