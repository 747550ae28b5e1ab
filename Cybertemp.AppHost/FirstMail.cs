using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost;

/// <summary>Tells a newcomer how to send a first mail, as soon as the receiver takes it.</summary>
internal static class FirstMail
{
    // Not generated: the generator does not come with every flavour of the AppHost's packages.
    private static readonly Action<ILogger, string, int, string, int, Exception?> LogHowTo = LoggerMessage.Define<string, int, string, int>(
        LogLevel.Information,
        default,
        """
        Mail is accepted on {Host}:{Port}. Send one:
          python3 -c "import smtplib; smtplib.SMTP('{Host}', {Port}).sendmail('me@example.org', 'box@cybertemp.localhost', 'Subject: Hello, it works')"
        Read it, with the psql line above:
          select inbox, subject, text, received_at from emails order by received_at desc limit 5;
        """);

    public static IResourceBuilder<ProjectResource> WithFirstMailHint(this IResourceBuilder<ProjectResource> receiver)
    {
        var smtp = receiver.GetEndpoint("smtp");
        receiver.ApplicationBuilder.Eventing.Subscribe<ResourceReadyEvent>(receiver.Resource, (ready, _) =>
        {
            var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Cybertemp");
            LogHowTo(logger, smtp.Host, smtp.Port, smtp.Host, smtp.Port, null);
            return Task.CompletedTask;
        });
        return receiver;
    }
}
