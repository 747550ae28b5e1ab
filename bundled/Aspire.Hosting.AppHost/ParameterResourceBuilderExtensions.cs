using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>Its value is <c>Parameters:{name}</c> of the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, value => Configured(builder, name, value), secret));

    /// <summary>Its value is <c>ConnectionStrings:{name}</c> of the configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(name, _ => ConnectionString(builder, name), environmentVariableName));

    /// <summary>A password that configuration gives, or that is made once and kept in the AppHost's user secrets.</summary>
    /// <returns>A parameter that is not a resource of its own: a manifest has it when something refers to it.</returns>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        if (minLower + minUpper + minNumeric + minSpecial > 0)
        {
            throw new NotSupportedException("Minimum counts of characters need the published package Aspire.Hosting.AppHost.");
        }

        var generated = new GenerateParameterDefault { MinLength = 22, Lower = lower, Upper = upper, Numeric = numeric, Special = special };
        return new ParameterResource(name, value => Configured(builder, name, value), secret: true)
        {
            Default = builder is DistributedApplicationBuilder { UserSecrets: { } secrets } && builder.ExecutionContext.IsRunMode
                ? new UserSecretsParameterDefault(secrets, ConfigurationKey(name), generated)
                : generated,
        };
    }

    private static string ConfigurationKey(string name) => $"Parameters:{name}";

    private static string Configured(IDistributedApplicationBuilder builder, string name, ParameterDefault? value) =>
        builder.Configuration[ConfigurationKey(name)]
        ?? value?.GetDefaultValue()
        ?? throw new MissingParameterValueException(
            $"Parameter resource could not be used because configuration key '{ConfigurationKey(name)}' is missing and the Parameter has no default value.");

    private static string ConnectionString(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration.GetConnectionString(name)
        ?? throw new MissingParameterValueException(
            $"Connection string parameter resource could not be used because connection string '{name}' is missing.");
}
