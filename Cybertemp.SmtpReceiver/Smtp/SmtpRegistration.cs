using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.SmtpReceiver.Smtp.Limits;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Tls;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>
/// The SMTP server. It needs an <see cref="IMessageSink"/>, an <see cref="ISenderPolicy"/> and an <see
/// cref="IRecipientPolicy"/>.
/// </summary>
internal static class SmtpRegistration
{
    /// <summary>
    /// Call it last: hosted services stop in reverse order, and the listener must stop before what it feeds.
    /// </summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateOnStart();
        services.AddOptions<TlsOptions>().BindConfiguration(TlsOptions.Section).ValidateOnStart();
        services.AddOptions<InboxLimitOptions>().BindConfiguration(InboxLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpMemoryValidator>();
        services.AddSingleton<IValidateOptions<TlsOptions>, TlsOptionsValidator>();
        services.AddSingleton<IValidateOptions<InboxLimitOptions>, InboxLimitOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<SmtpMetrics>();
        services.AddOptions<LoggingOptions>().BindConfiguration(LoggingOptions.Section).ValidateOnStart();
        services.AddSingleton<RefusalNews>();
        services.AddSingleton<MailLog>();
        services.AddSingleton<TlsCertificates>();
        services.AddSingleton<InboxLimits>();
        services.AddSingleton<SmtpBackend>();
        services.AddSingleton<SmtpShared>();
        services.AddSingleton<SmtpListener>();
        services.AddHostedService(static provider => provider.GetRequiredService<SmtpListener>());
        return services;
    }
}
