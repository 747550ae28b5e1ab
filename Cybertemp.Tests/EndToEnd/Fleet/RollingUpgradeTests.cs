using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.EndToEnd.Fleet;

/// <summary>
/// Five receivers, two Syncs and two webs change their version one by one, in the order of docs/operations.md, under
/// load. The older version is what CYBERTEMP_OLD_BUILD names (<c>.ci/build-old</c>); without it the present one takes
/// its own place, and there is nothing to migrate.
/// </summary>
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private const int Between = 150;

    private static readonly string[] Inboxes =
        [.. Enumerable.Range(0, 6).Select(static i => $"box{i}@{ServiceFleet.Domain}")];

    [LongFact]
    public Task Nobody_is_refused_and_nothing_is_missed_when_the_command_migrates_first() =>
        UpgradeAsync(static fleet => fleet.MigrateAsync(ServiceBuild.Present));

    [LongFact]
    public Task Nobody_is_refused_and_nothing_is_missed_when_the_first_new_receiver_migrates() =>
        UpgradeAsync(static _ => Task.CompletedTask);

    private async Task UpgradeAsync(Func<ServiceFleet, Task> migrateAsync)
    {
        await using var fleet = await StartOldAsync();
        var before = await fleet.SchemaVersionAsync();
        await using var readers = await FleetReaders.StartAsync(Inboxes, fleet.WebAddresses, ServiceBuild.Old);
        await using var load = new FleetLoad(
            "mail", fleet.SmtpPorts, Inboxes, sessions: 10, TimeSpan.FromMilliseconds(30));
        await readers.WaitUntilEachWasToldAsync();

        await migrateAsync(fleet);
        await load.WaitForMoreAsync(Between);
        await RestartAsync(fleet.Receivers, load);
        Assert.Equal(SchemaMigrator.KnownVersion, await fleet.SchemaVersionAsync());
        await ReceiveForNewDomainAsync(fleet, "between.example");
        await RestartAsync(fleet.Syncs, load);
        await ReceiveForNewDomainAsync(fleet, "after.example");
        await RestartAsync(fleet.Webs, load);

        await load.StopAsync();
        await readers.WaitUntilToldAsync(load.Accepted);
        output.WriteLine($"{ServiceBuild.Old} at schema {before} to {ServiceBuild.Present}: {load}; {readers}");
        Assert.Equal((0, 0), await load.CountAsync(fleet.Database));
        Assert.Equal((0, 0), (load[SendOutcome.Refused], load[SendOutcome.InDoubt]));
    }

    private static async Task<ServiceFleet> StartOldAsync()
    {
        var fleet = await ServiceFleet.CreateAsync();
        for (var i = 0; i < 5; i++)
        {
            await fleet.AddReceiverAsync(ServiceBuild.Old);
        }

        for (var i = 0; i < 2; i++)
        {
            await fleet.AddSyncAsync(ServiceBuild.Old);
            await fleet.AddWebAsync(ServiceBuild.Old);
        }

        return fleet;
    }

    private static async Task RestartAsync(IEnumerable<FleetMember> members, FleetLoad load)
    {
        foreach (var member in members)
        {
            await member.RestartAsync(ServiceBuild.Present);
            await load.WaitForMoreAsync(Between);
        }
    }

    /// <summary>What whichever Sync publishes is understood by every receiver.</summary>
    private static async Task ReceiveForNewDomainAsync(ServiceFleet fleet, string domain)
    {
        await fleet.Database.ExecuteAsync($"insert into domains (domain) values ('{domain}')");
        foreach (var port in fleet.SmtpPorts)
        {
            await Eventually.TrueAsync(async () =>
            {
                using var session = new SendingSession(port);
                return await session.SendAsync($"box@{domain}", domain, CancellationToken.None)
                    is SendOutcome.Accepted;
            });
        }
    }
}
