using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Who stops before whom: a resource goes before all that it waits for or refers to.</summary>
internal static class StopOrder
{
    /// <summary>Waves of resources; those of one wave stop at once.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> Waves(IEnumerable<IResource> resources)
    {
        var (left, waves) = (resources.ToList(), new List<IReadOnlyList<IResource>>());
        while (left.Count > 0)
        {
            var wave = left.FindAll(r => !left.Exists(other => other != r && DependsOn(other, r)));
            wave = wave.Count > 0 ? wave : [.. left];
            waves.Add(wave);
            left.RemoveAll(wave.Contains);
        }

        return waves;
    }

    private static bool DependsOn(IResource resource, IResource dependency) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => r.Resource))
            .Any(r => r.WithAncestors().Contains(dependency));
}
