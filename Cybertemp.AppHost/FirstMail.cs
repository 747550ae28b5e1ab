using Cybertemp.AppHost.Servers.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cybertemp.AppHost;

/// <summary>Tells a newcomer how to send a first mail, as soon as the receiver takes it.</summary>
internal static partial class FirstMail
{
    public static IResourceBuilder<ProjectResource> WithFirstMailHint(this IResourceBuilder<ProjectResource> receiver)
    {
        var smtp = receiver.GetEndpoint("smtp");
        return receiver.OnResourceReady((_, ready, _) =>
        {
            var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger(StackOptions.Section);
            var model = ready.Services.GetRequiredService<DistributedApplicationModel>();
            LogHowTo(logger, smtp.Host, smtp.Port, Psql(model));
            return Task.CompletedTask;
        });
    }

    private static string Psql(DistributedApplicationModel model) =>
        model.Resources.OfType<PostgresProcess>().SingleOrDefault() is { } server
            ? $"psql -h {server.Volume.SocketDirectory} -p {server.Endpoint.Port} -U postgres {server.DatabaseName}"
            : "psql with the connection string of the resource 'cybertemp' in the dashboard";

    [LoggerMessage(LogLevel.Information, """
        Mail is accepted on {Host}:{Port}. Send one:
          python3 -c "import smtplib; smtplib.SMTP('{Host}', {Port}).sendmail('me@example.org', \
            'box@cybertemp.localhost', 'Subject: Hello, it works')"
        Read it, with the link Inbox of the dashboard or {Psql}
          select inbox, subject, text, received_at from emails order by received_at desc limit 5;
        """)]
    private static partial void LogHowTo(ILogger logger, string host, int port, string psql);
}
