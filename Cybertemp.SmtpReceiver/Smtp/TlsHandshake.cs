using System.Security.Authentication;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>The handshake after STARTTLS, within its time and measured.</summary>
internal static class TlsHandshake
{
    /// <summary>Completes with TLS version and cipher suite.</summary>
    /// <exception cref="AuthenticationException">It failed or took too long; RFC 3207 leaves nothing to do but to close.</exception>
    /// <exception cref="IOException">The client is gone.</exception>
    public static async Task<string> RunAsync(SmtpServer server, SmtpTransport transport)
    {
        var started = server.Time.GetTimestamp();
        using var timeout = new CancellationTokenSource(server.Certificates.HandshakeTimeout, server.Time);
        try
        {
            var tls = await transport.StartTlsAsync(server.Certificates.Current, timeout.Token);
            server.Metrics.HandshakeEnded(server.Time.GetElapsedTime(started), errorType: null);
            return tls;
        }
        catch (OperationCanceledException ex)
        {
            server.Metrics.HandshakeEnded(server.Time.GetElapsedTime(started), SmtpMetrics.TimedOut);
            throw new AuthenticationException("The handshake took too long.", ex);
        }
        catch (Exception ex) when (ex is AuthenticationException or IOException)
        {
            server.Metrics.HandshakeEnded(server.Time.GetElapsedTime(started), SmtpMetrics.Failed);
            throw;
        }
    }
}
