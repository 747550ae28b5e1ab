namespace Cybertemp.AppHost.Servers;

/// <summary>Docker or Podman, whichever Aspire would take.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>The name of a runtime that answers within 2 s; null when none does.</summary>
    public static async Task<string?> FindAsync()
    {
        string[] candidates = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } chosen
            ? [chosen]
            : ["docker", "podman"];
        using var timeout = new CancellationTokenSource(Timeout);
        var answers = await Task.WhenAll(candidates.Select(runtime => AnswersAsync(runtime, timeout.Token)));
        return candidates.Zip(answers).FirstOrDefault(static c => c.Second).First;
    }

    private static async Task<bool> AnswersAsync(string runtime, CancellationToken ct)
    {
        try
        {
            await LocalCommand.RunAsync(runtime, ["container", "ls", "--last", "1"], ct);
            return true;
        }
        catch (Exception ex) when (ex is DistributedApplicationException or OperationCanceledException)
        {
            return false;
        }
    }
}
