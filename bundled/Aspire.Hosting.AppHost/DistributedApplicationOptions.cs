namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; the entry assembly when null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The AppHost's directory; what its build wrote into the assembly when null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>No dashboard, and so nobody who receives telemetry.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Console lines of the resources go to <c>ILogger</c> instead of the console.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Reads and writes no user secrets: a generated password lives as long as the application.</summary>
    internal bool WithoutUserSecrets { get; set; }
}
