using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Cybertemp.Tests.Filtering;

public sealed class FilteringRegistrationTests
{
    [Fact]
    public async Task Both_sources_open_need_no_Redis_and_accept_all()
    {
        using var host = Build(("Filters:Domains:Source", "Open"), ("Filters:Bans:Source", "open"));
        await host.StartAsync();

        Assert.Null(host.Services.GetService<IConnectionMultiplexer>());
        Assert.Equal(
            PolicyVerdict.Accepted,
            host.Services.GetRequiredService<IRecipientPolicy>().CheckRecipient(new("a", "any.example")));
        Assert.Equal(
            PolicyVerdict.Accepted,
            host.Services.GetRequiredService<ISenderPolicy>().CheckSender(new("a", "any.example")));
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, health.Status);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Open", "Postgres")]
    [InlineData("Supabase", "Open")]
    public async Task Without_Redis_the_start_is_refused_and_the_choices_are_named(string domains, string bans)
    {
        using var host = Build(("Filters:Domains:Source", domains), ("Filters:Bans:Source", bans));
        var ex = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("ConnectionStrings:redis", ex.Message, StringComparison.Ordinal);
        Assert.Contains("Filters:Domains:Source=Open", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_interval_out_of_range_is_refused_by_name()
    {
        using var host = Build(("ConnectionStrings:redis", "localhost"), ("Filters:PollInterval", "00:00:00"));
        var ex = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("PollInterval", ex.Message, StringComparison.Ordinal);
    }

    private static IHost Build(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            configuration.Select(static c => KeyValuePair.Create(c.Key, (string?)c.Value)));
        builder.Services.AddLogging();
        builder.AddFiltering();
        return builder.Build();
    }
}
