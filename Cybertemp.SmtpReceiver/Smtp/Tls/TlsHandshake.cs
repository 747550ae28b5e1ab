using System.Security.Authentication;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>The handshake after STARTTLS, within its time and measured.</summary>
internal static class TlsHandshake
{
    /// <summary>Completes with TLS version and cipher suite.</summary>
    /// <exception cref="AuthenticationException">
    /// It failed or took too long; RFC 3207 leaves nothing to do but to close.
    /// </exception>
    /// <exception cref="IOException">The client is gone.</exception>
    public static async Task<string> RunAsync(SmtpShared shared, SmtpTransport transport)
    {
        var started = shared.Time.GetTimestamp();
        using var timeout = new CancellationTokenSource(shared.Certificates.HandshakeTimeout, shared.Time);
        try
        {
            var tls = await transport.StartTlsAsync(shared.Certificates.Current, timeout.Token);
            shared.Metrics.HandshakeEnded(shared.Time.GetElapsedTime(started), errorType: null);
            return tls;
        }
        catch (OperationCanceledException ex)
        {
            shared.Metrics.HandshakeEnded(shared.Time.GetElapsedTime(started), SmtpMetrics.TimedOut);
            throw new AuthenticationException("The handshake took too long.", ex);
        }
        catch (Exception ex) when (ex is AuthenticationException or IOException)
        {
            shared.Metrics.HandshakeEnded(shared.Time.GetElapsedTime(started), SmtpMetrics.Failed);
            throw;
        }
    }
}
