using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.SmtpReceiver.Intake;

internal static class IntakeRegistration
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IMessageSink, MessageIntake>();
        return services;
    }
}
