using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>A certificate with its key in PEM or PFX files. Not thread-safe.</summary>
internal sealed class CertificateFiles(TlsOptions options)
{
    private (DateTime Certificate, DateTime Key) _loaded;

    /// <summary>True once for each change of a file's time, whether the new content can be loaded or not.</summary>
    public bool HaveChanged()
    {
        var times = Times();
        var changed = times != _loaded;
        _loaded = times;
        return changed;
    }

    /// <summary>Reads the files anew.</summary>
    /// <exception cref="CryptographicException">The content is no certificate with its key.</exception>
    public (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) Load()
    {
        _loaded = Times();
        return IsPem() ? LoadPem() : LoadPfx();
    }

    private bool IsPem() => File.ReadLines(options.CertificatePath)
        .Any(static line => line.StartsWith("-----BEGIN", StringComparison.Ordinal));

    private (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) LoadPem()
    {
        var keyPath = options.KeyPath.Length > 0 ? options.KeyPath : options.CertificatePath;
        var certificate = options.Password.Length > 0
            ? X509Certificate2.CreateFromEncryptedPemFile(options.CertificatePath, options.Password, keyPath)
            : X509Certificate2.CreateFromPemFile(options.CertificatePath, keyPath);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(options.CertificatePath);
        return (certificate, Others(all, certificate));
    }

    private (X509Certificate2 Certificate, X509Certificate2Collection Intermediates) LoadPfx()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(options.CertificatePath, options.Password);
        var certificate = all.FirstOrDefault(
            static c => c.HasPrivateKey) ?? throw new CryptographicException("The file has no private key.");
        return (certificate, Others(all, certificate));
    }

    private static X509Certificate2Collection Others(X509Certificate2Collection all, X509Certificate2 certificate) =>
        [.. all.Where(c => !c.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))];

    private (DateTime Certificate, DateTime Key) Times() =>
        (File.GetLastWriteTimeUtc(options.CertificatePath),
            options.KeyPath.Length > 0 ? File.GetLastWriteTimeUtc(options.KeyPath) : default);
}
