using System.Reflection;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class UnknownKeysTests
{
    [Theory]
    [InlineData("Cybertemp.SmtpReceiver", "Storage:Retension", "Storage:Retention")]
    [InlineData("Cybertemp.SmtpReceiver", "Smtp:maxmesagebytes", "Smtp:MaxMessageBytes")]
    [InlineData("Cybertemp.SmtpReceiver", "Smtp:Tls:CertPath", "Smtp:Tls:KeyPath")]
    [InlineData("Cybertemp.SmtpReceiver", "Inboxes:Reserve", "Inboxes:Reserved")]
    [InlineData("Cybertemp.SmtpReceiver", "Heartbeat:Intervall", "Heartbeat:Interval")]
    [InlineData("Cybertemp.Sync", "Filters:Domain:Source", "Filters:Domains:Source")]
    [InlineData("Cybertemp.Sync", "Supabase:ServiceKey", "Supabase:ServiceRoleKey")]
    public void A_key_that_no_option_has_is_refused_with_the_nearest(string program, string key, string nearest)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Refuse(program, key));
        Assert.Equal($"{key} is not known: the nearest key is {nearest}.", refusal.Message);
    }

    [Theory]
    [InlineData("Cybertemp.SmtpReceiver")]
    [InlineData("Cybertemp.Sync")]
    public void One_file_serves_both_services(string program) => Refuse(
        program,
        [
            .. UnknownKeys.Keys(Assembly.Load("Cybertemp.SmtpReceiver")),
            .. UnknownKeys.Keys(Assembly.Load("Cybertemp.Sync")),
            "Filters:SeedDomains:0", "SMTP_RECEIVE_PORT", "Smtp", "Logging:LogLevel:Default", "Something:Else",
        ]);

    private static void Refuse(string program, params string[] keys) => UnknownKeys.Refuse(
        new ConfigurationBuilder().AddInMemoryCollection(keys.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(static k => KeyValuePair.Create(k, (string?)"1"))).Build(),
        Assembly.Load(program));
}
