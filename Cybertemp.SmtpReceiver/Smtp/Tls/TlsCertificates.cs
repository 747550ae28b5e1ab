using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>
/// The certificate for STARTTLS. Its files are looked at again when somebody asks, at most every few seconds; a file
/// that cannot be read leaves the last good certificate in use. Thread-safe.
/// </summary>
internal sealed class TlsCertificates
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly CertificateFiles? _files;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsCertificates> _logger;
    private readonly Lock _lock = new();
    private SslServerAuthenticationOptions? _current;
    private long _checked;

    public TlsCertificates(
        IOptions<TlsOptions> options, IOptions<SmtpOptions> smtp, TimeProvider time, ILogger<TlsCertificates> logger)
    {
        (_time, _logger, _checked) = (time, logger, time.GetTimestamp());
        HandshakeTimeout = options.Value.HandshakeTimeout;
        if (options.Value.CertificatePath.Length > 0)
        {
            _files = new CertificateFiles(options.Value);
            _current = LoadAtStart(_files);
        }
        else if (options.Value.SelfSigned)
        {
            _current = Authentication(SelfSignedCertificate.Create(smtp.Value.HostName, time), []);
        }
    }

    /// <summary>False when no certificate is configured: STARTTLS is not offered then.</summary>
    public bool IsOffered => _current is not null;

    public TimeSpan HandshakeTimeout { get; }

    /// <summary>What a handshake that begins now uses.</summary>
    public SslServerAuthenticationOptions Current
    {
        get
        {
            lock (_lock)
            {
                if (_files is not null && _time.GetElapsedTime(_checked) >= CheckInterval)
                {
                    _checked = _time.GetTimestamp();
                    ReloadIfChanged(_files);
                }

                return _current!;
            }
        }
    }

    private static SslServerAuthenticationOptions LoadAtStart(CertificateFiles files)
    {
        try
        {
            return Load(files);
        }
        catch (Exception ex)
            when (ex is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OptionsValidationException(
                TlsOptions.Section,
                typeof(TlsOptions),
                [$"{TlsOptions.Section}:{nameof(TlsOptions.CertificatePath)}: {ex.Message}"]);
        }
    }

    private void ReloadIfChanged(CertificateFiles files)
    {
        try
        {
            if (files.HaveChanged())
            {
                _current = Load(files);
                SmtpLog.CertificateReloaded(_logger);
            }
        }
        catch (Exception ex)
            when (ex is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            SmtpLog.CertificateReloadFailed(_logger, ex);
        }
    }

    private static SslServerAuthenticationOptions Load(CertificateFiles files)
    {
        var (certificate, intermediates) = files.Load();
        return Authentication(certificate, intermediates);
    }

    private static SslServerAuthenticationOptions Authentication(
        X509Certificate2 certificate, X509Certificate2Collection intermediates) => new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, intermediates, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
}
