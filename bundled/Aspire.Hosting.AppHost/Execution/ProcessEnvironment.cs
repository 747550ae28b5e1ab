using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The environment and arguments of one instance's process, with all values filled in.</summary>
internal static class ProcessEnvironment
{
    /// <summary>What is meant for the AppHost itself and not for what it starts.</summary>
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    public static async Task<IReadOnlyDictionary<string, string?>> ResolveAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, Func<string, string> fillPorts, CancellationToken ct)
    {
        var resolved = NotInherited.ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        foreach (var (name, value) in await resource.GetEnvironmentAsync(executionContext, ct))
        {
            if (await ResolveAsync(value, ct) is { } text)
            {
                resolved[name] = fillPorts(text);
            }
        }

        return resolved;
    }

    public static async Task<IReadOnlyList<string>> ResolveArgumentsAsync(IResource resource, Func<string, string> fillPorts, CancellationToken ct)
    {
        var resolved = new List<string>();
        foreach (var argument in await resource.GetArgumentsAsync(ct))
        {
            if (await ResolveAsync(argument, ct) is { } text)
            {
                resolved.Add(fillPorts(text));
            }
        }

        return resolved;
    }

    /// <summary>Puts a replica's own target ports where an expression left their places.</summary>
    public static Func<string, string> FillPorts(IReadOnlyList<EndpointPorts> endpoints, int replica) => text =>
        endpoints.Aggregate(text, (filled, e) => filled.Replace(
            e.Placeholder, e.TargetPorts[replica].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static async ValueTask<string?> ResolveAsync(object value, CancellationToken ct) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(ct),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
