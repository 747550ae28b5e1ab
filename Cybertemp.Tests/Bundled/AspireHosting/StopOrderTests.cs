using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class StopOrderTests
{
    [Fact]
    public void Dependants_stop_before_what_they_depend_on()
    {
        var (database, cache) = (Resource("database"), Resource("cache"));
        var receiver = Resource("receiver", new WaitAnnotation(database, WaitType.WaitUntilHealthy), new ResourceRelationshipAnnotation(cache, "Reference"));
        var sync = Resource("sync", new WaitAnnotation(receiver, WaitType.WaitUntilStarted));
        var waves = StopOrder.Waves([database, cache, receiver, sync]);
        Assert.Equal(["sync", "receiver", "database cache"], waves.Select(w => string.Join(' ', w.Select(r => r.Name))), StringComparer.Ordinal);
    }

    [Fact]
    public void A_circle_stops_at_once()
    {
        var (one, other) = (Resource("one"), Resource("other"));
        one.Annotations.Add(new ResourceRelationshipAnnotation(other, "Reference"));
        other.Annotations.Add(new ResourceRelationshipAnnotation(one, "Reference"));
        Assert.Equal(2, Assert.Single(StopOrder.Waves([one, other])).Count);
    }

    private static ExecutableResource Resource(string name, params IResourceAnnotation[] annotations)
    {
        var resource = new ExecutableResource(name, "true", "/");
        Array.ForEach(annotations, resource.Annotations.Add);
        return resource;
    }
}
