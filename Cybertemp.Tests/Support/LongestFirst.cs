using Cybertemp.Tests.AppHost;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Commit.Crashes;
using Cybertemp.Tests.Commit.Failover;
using Cybertemp.Tests.Mail.Mime.Bounds;
using Cybertemp.Tests.Support;
using Cybertemp.Tests.Sync.Publishing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Cybertemp.Tests.Support;

/// <summary>
/// Begins with the classes that take a minute or more: one that came last would run alone, and the run would be as
/// much longer.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [.. new[]
    {
        typeof(LocalStackTests), typeof(OutageTests), typeof(FailoverTests), typeof(HostileMessageTests),
        typeof(CrashMatrixTests), typeof(MirrorFencingTests), typeof(DashboardTests), typeof(StackTests),
    }.Select(static type => type.FullName!)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Rank(collection.TestCollectionDisplayName))];

    private static int Rank(string name)
    {
        var place = Array.FindIndex(Long, type => name.EndsWith(type, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
