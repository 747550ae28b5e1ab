using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.SmtpReceiver;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;

namespace Cybertemp.Tests;

public sealed class MemoryPlanTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Budgets_are_as_usual_where_memory_is_not_short()
    {
        var plan = MemoryPlan.Create(new(), new(), isQueueConfigured: false, 8192 * MiB);
        Assert.Equal((512 * MiB, 256 * MiB), (plan.ContentBytes, plan.QueuedBytes));
        Assert.False(plan.IsReduced || plan.IsTooLittle);
    }

    [Theory]
    [InlineData(768)]
    [InlineData(1152)]
    [InlineData(1536)]
    public void The_sum_of_all_budgets_fits(int available)
    {
        var plan = MemoryPlan.Create(new(), new(), isQueueConfigured: false, available * MiB);
        Assert.InRange(plan.ContentBytes + plan.QueuedBytes + (8 * 25 * MiB), 0, available * MiB);
        Assert.True(plan.IsReduced);
        Assert.False(plan.IsTooLittle);
    }

    [Fact]
    public void Memory_for_less_than_one_message_is_said()
    {
        var plan = MemoryPlan.Create(new(), new(), isQueueConfigured: false, 256 * MiB);
        Assert.True(plan.IsTooLittle);
    }

    [Fact]
    public void A_configured_budget_that_does_not_fit_is_a_fault_of_the_configuration()
    {
        var smtp = new SmtpOptions { MaxInFlightBytes = 2048 * MiB };
        var failure = Assert.Throws<ConfigurationException>(
            () => MemoryPlan.Create(smtp, new(), isQueueConfigured: false, 1152 * MiB));
        Assert.StartsWith(
            "Smtp:MaxInFlightBytes is '2147483648': the process may use 1152 MiB", failure.Message,
            StringComparison.Ordinal);
        var storage = new StorageOptions { MaxQueuedBytes = 4096 * MiB };
        failure = Assert.Throws<ConfigurationException>(
            () => MemoryPlan.Create(new(), storage, isQueueConfigured: true, 1152 * MiB));
        Assert.StartsWith("Storage:MaxQueuedBytes is", failure.Message, StringComparison.Ordinal);
    }
}
