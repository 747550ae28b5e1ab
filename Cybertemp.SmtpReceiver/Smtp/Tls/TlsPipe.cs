using System.IO.Pipelines;
using System.Net.Security;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>An encrypted connection as a pair of pipes, over a pair of pipes that it does not own.</summary>
internal sealed class TlsPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly SslStream _stream;

    private TlsPipe(SslStream stream)
    {
        _stream = stream;

        // Reads of no octets wait without a buffer: an idle session costs little.
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Version and cipher suite.</summary>
    public string Description => $"{VersionName} {_stream.NegotiatedCipherSuite}";

    private string VersionName =>
        _stream.SslProtocol is System.Security.Authentication.SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2";

    /// <summary>Shakes hands as the server.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">
    /// The client and we found no common ground.
    /// </exception>
    public static async Task<TlsPipe> AcceptAsync(
        Stream connection, SslServerAuthenticationOptions options, CancellationToken ct)
    {
        var stream = new SslStream(connection, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsServerAsync(options, ct);
            return new TlsPipe(stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says close_notify, so that the client knows that nothing was cut off.</summary>
    public Task ShutdownAsync() => _stream.ShutdownAsync();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
