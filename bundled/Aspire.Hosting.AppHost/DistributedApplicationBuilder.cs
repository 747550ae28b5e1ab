using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly PublishRequest? _publish;
    private bool _built;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        EntryPointInterceptor.Current?.OnBuilderCreating(options, settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? Metadata("apphostprojectpath") ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath ??= AppHostDirectory;
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        _host = new HostApplicationBuilder(settings);
        UserSecrets = FindUserSecrets();
        _publish = PublishRequest.Read(Configuration);
        ExecutionContext = new DistributedApplicationExecutionContext(
            _publish is null ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <summary>Null when the AppHost has none, or must not touch them.</summary>
    internal UserSecrets? UserSecrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        EntryPointInterceptor.Current?.OnBuilding(this);
        if (_built)
        {
            throw new InvalidOperationException("Build can only be called once.");
        }

        _built = true;
        AddServices();
        var application = new DistributedApplication(_host.Build());
        EntryPointInterceptor.Current?.OnBuilt(application);
        return application;
    }

    private void AddServices()
    {
        Services.AddSingleton(_options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton(new AppHostIdentity(AppHostAssembly?.GetName().Name ?? "AppHost", AppHostDirectory));
        if (_publish is not null)
        {
            Services.AddSingleton(_publish);
        }
        else
        {
            AddDashboard();
            Services.AddOrchestrator();
        }
    }

    private void AddDashboard()
    {
        if (!_options.DisableDashboard && EntryPointInterceptor.Current is null)
        {
            var name = AppHostAssembly?.GetName().Name ?? "AppHost";
            Services.AddDashboard(Configuration, name.EndsWith(".AppHost", StringComparison.Ordinal) ? name[..^".AppHost".Length] : name, UserSecrets);
        }
    }

    private string? Metadata(string key) => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private UserSecrets? FindUserSecrets()
    {
        if (_options.WithoutUserSecrets)
        {
            // Emptied, since a removal would build all the other sources anew and lose what was set in them.
            foreach (var source in Configuration.Sources.OfType<JsonConfigurationSource>().Where(s => s.Path == "secrets.json"))
            {
                source.FileProvider = new NullFileProvider();
            }

            ((IConfigurationRoot)Configuration).Reload();
            return null;
        }

        return AppHostAssembly?.GetCustomAttribute<UserSecretsIdAttribute>() is { } id
            ? new UserSecrets(PathHelper.GetSecretsPathFromSecretsId(id.UserSecretsId))
            : null;
    }
}
