using Cybertemp.SmtpReceiver.Smtp.Tls;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Tests.Smtp;

internal static class SmtpServicesExtensions
{
    public static TlsCertificates GetCertificates(this IServiceProvider services) =>
        services.GetRequiredService<TlsCertificates>();
}
