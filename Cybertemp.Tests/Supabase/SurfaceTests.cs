using System.Reflection;
using Supabase;

namespace Cybertemp.Tests.Supabase;

/// <summary>The stand-in of the package has no public member that the package does not have.</summary>
public sealed class SurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_public_member_is_one_of_the_package()
    {
        var package = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Supabase", "Supabase.txt"))
            .ToHashSet(StringComparer.Ordinal);
        var invented = typeof(Client).Assembly.GetExportedTypes().SelectMany(Surface).Select(DocumentationId.Of)
            .Where(m => !package.Contains(m)).Order(StringComparer.Ordinal);
        Assert.Equal(string.Empty, string.Join('\n', invented));
    }

    [Fact]
    public void An_invented_member_is_seen() =>
        Assert.Contains(
            "M:Cybertemp.Tests.Supabase.SurfaceTests.An_invented_member_is_seen",
            Surface(typeof(SurfaceTests)).Select(DocumentationId.Of),
            StringComparer.Ordinal);

    private static IEnumerable<MemberInfo> Surface(Type type) =>
        type.GetMembers(Declared).Where(m => IsVisible(m, type)).Prepend(type);

    private static bool IsVisible(MemberInfo member, Type type) => member switch
    {
        MethodBase method => IsVisible(method) && !IsOverride(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => IsVisible(a) && !IsOverride(a)),
        EventInfo @event => IsVisible(@event.AddMethod!),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            && !(type.IsEnum && field.Name == "value__"),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Callers see the base member.</summary>
    private static bool IsOverride(MethodBase method) => method is MethodInfo m && m.GetBaseDefinition() != m;
}
