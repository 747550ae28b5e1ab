using System.Collections.Concurrent;
using System.Diagnostics;
using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Commit;

public sealed class CommitTraceTests(Servers servers)
{
    [Fact]
    public async Task A_batch_is_a_span_that_is_linked_to_its_messages_and_they_to_it()
    {
        await using var storage = await StorageHost.StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Cybertemp.SmtpReceiver",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var message = new Activity("message").Start();

        await storage.WriteAsync(Messages.To("a@t"));

        var span = Assert.Single(spans, s => s.Links.Any(l => l.Context == message.Context));
        Assert.Equal(span.Context, Assert.Single(message.Links).Context);
        Assert.Equal(message.TraceId, span.TraceId);
        Assert.Equal(1, span.GetTagItem("cybertemp.storage.batch.size"));
    }

    [Fact]
    public async Task Messages_of_one_batch_share_its_span_and_those_that_are_not_sampled_get_none()
    {
        await using var storage = await StorageHost.StartAsync(
            await servers.Postgres.CreateDatabaseAsync(), o => o.Writers = 1);
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Cybertemp.SmtpReceiver",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var hold = await TableLock.HoldAsync(storage.DataSource);
        var first = WriteWithinAsync(storage, isSampled: true);
        await hold.UntilSomebodyWaitsAsync();
        Task<Activity>[] batch = [
            WriteWithinAsync(storage, isSampled: true), WriteWithinAsync(storage, isSampled: true),
            WriteWithinAsync(storage, isSampled: false)];
        await hold.DisposeAsync();

        await first;
        var spans = await Task.WhenAll(batch);
        Assert.Equal(Assert.Single(spans[0].Links).Context, Assert.Single(spans[1].Links).Context);
        Assert.Equal(spans[0].TraceId, spans[1].Links.Single().Context.TraceId);
        Assert.Empty(spans[2].Links);
    }

    private static async Task<Activity> WriteWithinAsync(StorageHost storage, bool isSampled)
    {
        using var message = new Activity("message") { IsAllDataRequested = isSampled }.Start();
        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));
        return message;
    }
}
