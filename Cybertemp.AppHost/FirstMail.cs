namespace Cybertemp.AppHost;

/// <summary>Tells a newcomer how to send a first mail, as soon as the receiver takes it.</summary>
internal static partial class FirstMail
{
    public static IResourceBuilder<ProjectResource> WithFirstMailHint(this IResourceBuilder<ProjectResource> receiver)
    {
        var smtp = receiver.GetEndpoint("smtp");
        receiver.ApplicationBuilder.Eventing.Subscribe<ResourceReadyEvent>(receiver.Resource, (ready, _) =>
        {
            LogHowTo(ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Cybertemp"), smtp.Host, smtp.Port);
            return Task.CompletedTask;
        });
        return receiver;
    }

    [LoggerMessage(LogLevel.Information, """
        Mail is accepted on {Host}:{Port}. Send one:
          python3 -c "import smtplib; smtplib.SMTP('{Host}', {Port}).sendmail('me@example.org', 'box@cybertemp.localhost', 'Subject: Hello, it works')"
        Read it, with the psql line above:
          select inbox, subject, text, received_at from emails order by received_at desc limit 5;
        """)]
    private static partial void LogHowTo(ILogger logger, string host, int port);
}
