namespace Aspire.Hosting.Execution;

/// <summary>A process to start.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Added to the AppHost's own environment; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public UnixAccount? Account { get; init; }

    /// <summary>Written to the standard input, which is closed then.</summary>
    public string? Input { get; init; }

    /// <summary>How it is asked to stop.</summary>
    public UnixSignal StopSignal { get; init; } = UnixSignal.Terminate;

    /// <summary>How long it may take to stop before it is killed. A receiver drains its sessions for up to half a minute.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>What the kernel sends when the AppHost itself is gone: nothing may be left a few seconds later.</summary>
    public UnixSignal DeathSignal { get; init; } = UnixSignal.Kill;
}
