using System.CommandLine;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.ServiceDefaults.LocalStack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Cybertemp.Cli;

/// <summary>The services' configuration, beneath the options of the command line.</summary>
internal static class CommandConfiguration
{
    public const string DatabaseName = "cybertemp";

    /// <summary>Reads it; without any connection string it is that of the local stack that runs here.</summary>
    /// <exception cref="ConfigurationException">A source cannot be read.</exception>
    public static IConfiguration Read(ParseResult arguments)
    {
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true);
        configuration.AddEnvironmentVariables();
        configuration.AddBaseline();
        configuration.AddInMemoryCollection(Given(arguments));
        if (configuration.GetSection("ConnectionStrings").GetChildren().All(static c => string.IsNullOrEmpty(c.Value))
            && StackDescriptor.Find() is { } stack)
        {
            configuration.AddInMemoryCollection(stack.Settings);
        }

        return configuration;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(ParseResult arguments)
    {
        if (arguments.GetValue(CommonOptions.Database) is { Length: > 0 } database)
        {
            var isUrl = database.Contains("://", StringComparison.Ordinal);
            yield return new(
                $"ConnectionStrings:{DatabaseName}", isUrl ? DatabaseUrl.ToConnectionString(database) : database);
        }

        if (arguments.GetValue(CommonOptions.Redis) is { Length: > 0 } redis)
        {
            yield return new($"ConnectionStrings:{MirrorContract.ConnectionName}", redis);
        }
    }
}
