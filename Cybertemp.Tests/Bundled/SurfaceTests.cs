using System.Reflection;

namespace Cybertemp.Tests.Bundled;

/// <summary>A bundled subset has no public member that the published package does not have.</summary>
public sealed class SurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string Repository = Path.GetDirectoryName(Projects.Cybertemp_AppHost.ProjectPath)!;

    public static TheoryData<string> Packages() => new(Directory.GetDirectories(Path.Combine(Repository, "bundled"))
        .Select(d => Path.GetFileName(d)!)
        .Where(id => File.Exists(Path.Combine(Repository, "bundled", id, $"{id}.csproj"))));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_member_is_one_of_the_published_package(string id)
    {
        var published = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Bundled", "api", $"{id}.txt")).ToHashSet(StringComparer.Ordinal);
        var invented = Assembly.Load(id).GetExportedTypes().SelectMany(Surface).Select(DocumentationId.Of).Where(m => !published.Contains(m)).Order(StringComparer.Ordinal);
        Assert.Equal(string.Empty, string.Join('\n', invented));
    }

    [Fact]
    public void An_invented_member_is_seen() =>
        Assert.Contains("M:Cybertemp.Tests.Bundled.SurfaceTests.An_invented_member_is_seen", Surface(typeof(SurfaceTests)).Select(DocumentationId.Of), StringComparer.Ordinal);

    private static IEnumerable<MemberInfo> Surface(Type type) => type.GetMembers(Declared).Where(m => IsVisible(m, type)).Prepend(type);

    private static bool IsVisible(MemberInfo member, Type type) => member switch
    {
        MethodBase method => IsVisible(method) && !IsOverride(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => IsVisible(a) && !IsOverride(a)),
        EventInfo @event => IsVisible(@event.AddMethod!),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !(type.IsEnum && field.Name == "value__"),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Callers see the base member.</summary>
    private static bool IsOverride(MethodBase method) => method is MethodInfo m && m.GetBaseDefinition() != m;
}
