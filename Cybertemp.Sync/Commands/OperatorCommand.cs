using Cybertemp.ServiceDefaults.Configuration;
using Cybertemp.Sync.Mirror;
using Cybertemp.Sync.Sources;
using Microsoft.Extensions.Options;

namespace Cybertemp.Sync.Commands;

/// <summary>What an operator asks for on the command line, in place of the service.</summary>
internal static class OperatorCommand
{
    /// <summary>It is as asked for, or mail would be accepted.</summary>
    public const int Success = 0;

    /// <summary>Nothing was to be done, or mail would be refused.</summary>
    public const int Negative = 1;

    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int UsageError = 64;

    /// <summary>EX_UNAVAILABLE of sysexits.h.</summary>
    public const int Unavailable = 69;

    private const int ConfigurationError = 78;

    private const string Usage = """
        usage: domains list
               domains add|remove DOMAIN           a domain, or *.DOMAIN for its subdomains
               bans list
               bans add|remove email|domain VALUE [exact|contains]
               explain SENDER RECIPIENT            which rule decides; '' is the null sender
        """;

    /// <summary>A word in the first place is a command, known or not; options and settings are the service's.</summary>
    public static bool IsOne(string[] args) => args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=', StringComparison.Ordinal);

    /// <summary>Runs the command with the service's configuration.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        try
        {
            builder.AddBaselineConfiguration();
            builder.AddSync();
            using var host = builder.Build();
            return await RunAsync(args, host.Services, output, ct);
        }
        catch (Exception ex) when (ConfigurationFailure.Describe(ex, builder.Configuration) is { Count: > 0 } lines)
        {
            await output.WriteLineAsync($"configuration: {string.Join(Environment.NewLine, lines)}");
            return ConfigurationError;
        }
    }

    /// <summary>Runs the command with the registrations of a host that is not started.</summary>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var options = services.GetRequiredService<IOptions<FiltersOptions>>().Value;
        try
        {
            switch (args)
            {
                case ["domains", .. var rest]:
                    return await DomainsCommand.RunAsync(rest, Tables(options.Domains, services), output, ct) ?? await ExplainUsageAsync(output);
                case ["bans", .. var rest]:
                    return await BansCommand.RunAsync(rest, Tables(options.Bans, services), output, ct) ?? await ExplainUsageAsync(output);
                case ["explain", var sender, var recipient]:
                    return await ExplainCommand.RunAsync(sender, recipient, services.GetRequiredService<MirrorReader>(), output, ct);
                default:
                    return await ExplainUsageAsync(output);
            }
        }
        catch (Exception ex) when (ex is SourceException or InvalidDataException || MirrorConnection.IsFailure(ex) || PostgresTables.IsFailure(ex))
        {
            await output.WriteLineAsync(ex.Message);
            return Unavailable;
        }
    }

    private static PostgresTables Tables(FilterListOptions list, IServiceProvider services) => list.Source is FilterSourceKind.Postgres
        ? services.GetRequiredService<PostgresTables>()
        : throw new SourceException($"This list comes from {list.Source}, not from the own database: change it there.");

    private static async Task<int> ExplainUsageAsync(TextWriter output)
    {
        await output.WriteLineAsync(Usage);
        return UsageError;
    }
}
