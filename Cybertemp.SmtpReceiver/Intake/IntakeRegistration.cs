using Cybertemp.Mail.Inboxes;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Intake;

internal static class IntakeRegistration
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>();
        services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        services.AddSingleton(
            static s => new ReservedLocalParts(s.GetRequiredService<IOptions<InboxOptions>>().Value.Reserved));
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<ParseGate>();
        services.AddSingleton<HeaderSenderPolicy>();
        services.AddSingleton<IMessageSink, MessageIntake>();
        return services;
    }
}
