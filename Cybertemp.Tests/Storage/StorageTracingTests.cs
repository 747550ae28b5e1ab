using System.Collections.Concurrent;
using System.Diagnostics;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class StorageTracingTests(Servers servers)
{
    [Fact]
    public async Task A_batch_is_a_span_that_links_to_its_messages()
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

        var span = Assert.Single(spans, s => s.Links.Any(l => l.Context.TraceId == message.TraceId));
        Assert.Null(span.ParentId);
        Assert.Equal(1, span.GetTagItem("cybertemp.storage.batch.size"));
    }
}
