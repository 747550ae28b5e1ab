using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Extensions.Hosting;

public static class BaselineConfigurationExtensions
{
    private const string FileName = ".env";

    /// <summary>
    /// Adds the <c>.env</c> file of the working directory, below the environment, and the baseline's variables as
    /// aliases, below everything.
    /// </summary>
    /// <exception cref="ConfigurationException">The file or an alias cannot be read.</exception>
    public static void AddBaseline(this IConfigurationManager configuration)
    {
        var sources = configuration.Sources;
        if (File.Exists(FileName))
        {
            // The last source without a prefix is the whole environment; those before it belong to the host.
            var environment = sources.OfType<EnvironmentVariablesConfigurationSource>()
                .Last(static s => string.IsNullOrEmpty(s.Prefix));
            sources.Insert(sources.IndexOf(environment), Settings(DotEnvFile.Parse(File.ReadAllText(FileName))));
        }

        sources.Insert(0, Settings(BaselineAliases.Resolve(configuration)));
    }

    private static MemoryConfigurationSource Settings(IReadOnlyDictionary<string, string?> settings) =>
        new() { InitialData = settings };
}
