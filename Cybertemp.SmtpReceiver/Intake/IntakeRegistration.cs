using Cybertemp.SmtpReceiver.Smtp;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Intake;

internal static class IntakeRegistration
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>();
        services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        services.AddSingleton<ReservedLocalParts>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IMessageSink, MessageIntake>();
        return services;
    }
}
