using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class BaselineConfigurationTests
{
    [Theory]
    [InlineData("SMTP_RECEIVE_PORT=2525", "Smtp:Port", "2525")]
    [InlineData("HEARTBEAT_URL=https://example.com/ping", "Heartbeat:Url", "https://example.com/ping")]
    [InlineData("SUPABASE_URL=https://x.example", "Supabase:Url", "https://x.example")]
    [InlineData("SUPABASE_SERVICE_ROLE_KEY=k", "Supabase:ServiceRoleKey", "k")]
    [InlineData(
        "DATABASE_URL=postgresql://u@db/mail", "ConnectionStrings:cybertemp", "Username=u;Database=mail;Host=db")]
    [InlineData("", "Filters:Domains:Source", "Postgres")]
    [InlineData("SUPABASE_URL=https://x.example", "Filters:Bans:Source", "Supabase")]
    [InlineData("USE_SUPABASE_DOMAINS=false", "Filters:Domains:Source", "Open")]
    [InlineData("USE_SUPABASE_DOMAINS=false", "Filters:Bans:Source", "Postgres")]
    [InlineData("SUPABASE_URL=https://x.example\nUSE_SUPABASE_BANS=0", "Filters:Bans:Source", "Open")]
    [InlineData("SUPABASE_URL=https://x.example\nUSE_SUPABASE_BANS=true", "Filters:Bans:Source", "Supabase")]
    public void An_alias_sets_its_option(string environment, string option, string expected) =>
        Assert.Equal(expected, Resolve(environment)[option], ignoreCase: true);

    [Fact]
    public void A_switch_that_is_neither_true_nor_false_is_refused()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Resolve("USE_SUPABASE_BANS=maybe"));
        Assert.Equal("USE_SUPABASE_BANS is 'maybe': allowed are true and false.", exception.Message);
    }

    private static IReadOnlyDictionary<string, string?> Resolve(string environment) =>
        BaselineAliases.Resolve(
            new ConfigurationBuilder().AddInMemoryCollection(DotEnvFile.Parse(environment)).Build());
}
