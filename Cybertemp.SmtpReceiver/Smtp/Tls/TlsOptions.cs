using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>STARTTLS. Not offered without a certificate.</summary>
internal sealed class TlsOptions
{
    public const string Section = "Smtp:Tls";

    /// <summary>
    /// PEM (the certificate, then its intermediates) or PFX file, read again when it changes. Default none.
    /// </summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>PEM file of the private key. Default: in the certificate's file.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>Of the PFX file, or of an encrypted PEM key. Default none.</summary>
    public string Password { get; set; } = "";

    /// <summary>
    /// Makes a certificate for <c>Smtp:HostName</c> at start when no path is given. Default false; true in the local
    /// stack.
    /// </summary>
    public bool SelfSigned { get; set; }

    /// <summary>How long a handshake may take. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
