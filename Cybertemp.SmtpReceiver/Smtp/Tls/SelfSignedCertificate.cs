using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cybertemp.SmtpReceiver.Smtp.Tls;

/// <summary>A certificate for tries and tests; senders encrypt with it, but cannot know whom they talk to.</summary>
internal static class SelfSignedCertificate
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static X509Certificate2 Create(string hostName, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={hostName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostName);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(time.GetUtcNow() - ClockSkew, time.GetUtcNow() + Lifetime);
    }
}
