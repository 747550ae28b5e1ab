namespace Aspire.Hosting.Execution;

/// <summary>How a container resource runs here: as a process of this machine's own binaries.</summary>
internal interface ILocalServer
{
    /// <summary>The account it prefers when the AppHost is root.</summary>
    string Account { get; }

    /// <summary>Finds the binaries and prepares the data.</summary>
    Task<ProcessSpec> PrepareAsync(LocalServerContext context, CancellationToken ct);

    /// <summary>Asked again and again from the start of the process on.</summary>
    Task<bool> IsReadyAsync(LocalServerContext context, CancellationToken ct);

    /// <summary>Runs once it is ready, before anyone else is told.</summary>
    Task CompleteStartAsync(LocalServerContext context, CancellationToken ct);
}
