using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>One run of an AppHost's entry point, on a thread of its own that waits where the test decides.</summary>
internal sealed class EntryPointRun(
    Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : EntryPointInterceptor, IDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _decided = new();
    private bool _isWanted;

    /// <summary>Completes when the entry point is about to build.</summary>
    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken ct)
    {
        new Thread(Run) { IsBackground = true, Name = $"entry point of {appHost.GetName().Name}" }.Start();
        return _building.Task.WaitAsync(ct);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken ct)
    {
        Decide(isWanted: true);
        return _built.Task.WaitAsync(ct);
    }

    /// <summary>An entry point that nobody let build ends here; a built application goes on until it is disposed.</summary>
    public void Dispose() => Decide(isWanted: false);

    public override void OnBuilderCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = appHost.GetName().Name;
        options.EnableResourceLogging = true;
        options.WithoutUserSecrets = true;
        settings.EnvironmentName ??= Environments.Development;
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(LaunchProfile());
        settings.Configuration.AddInMemoryCollection([new("DcpPublisher:RandomizePorts", "true")]);
        configure(options, settings);
    }

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        _decided.Wait();
        if (!_isWanted)
        {
            throw new OperationCanceledException("The test does not want the application any more.");
        }
    }

    public override void OnBuilt(DistributedApplication application)
    {
        application.Disposed += () => _shutdown.TrySetResult();
        _built.TrySetResult(application);
    }

    public override Task WaitForShutdownAsync() => _shutdown.Task;

    private void Decide(bool isWanted)
    {
        if (!_decided.IsSet)
        {
            _isWanted = isWanted;
            _decided.Set();
        }
    }

    private void Run()
    {
        Current = this;
        try
        {
            var entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException($"{appHost.GetName().Name} has no entry point.");
            entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? null : [args]);
            Fail(new InvalidOperationException("The entry point exited without building an application."));
        }
        catch (TargetInvocationException ex) when (ex.InnerException is { } inner)
        {
            Fail(inner);
        }
        catch (InvalidOperationException ex)
        {
            Fail(ex);
        }
    }

    private void Fail(Exception exception)
    {
        _building.TrySetException(exception);
        _built.TrySetException(exception);
    }

    /// <summary>What <c>dotnet run</c> would set: the AppHost's first profile.</summary>
    private Dictionary<string, string?> LaunchProfile()
    {
        var directory = appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value;
        var profile = directory is null ? null : LaunchProfiles.Effective(LaunchProfiles.Read(directory), null, null);
        var variables = profile?.EnvironmentVariables.ToDictionary(v => v.Key, string? (v) => v.Value, StringComparer.Ordinal) ?? [];
        variables["DOTNET_LAUNCH_PROFILE"] = profile?.Name;
        return variables;
    }
}
