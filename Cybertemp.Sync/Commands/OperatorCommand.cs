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

    public const string Help = $"""
        Mirrors accepted domains and bans from Supabase or PostgreSQL into Redis, from where receivers load them.

        usage: Cybertemp.Sync [--Section:Option=value ...]   serves until SIGTERM or Ctrl+C; one of several is active
               Cybertemp.Sync COMMAND                        does one thing with the same configuration
               Cybertemp.Sync --help | --version

        commands:
        {List}

        configuration: the environment (Filters__PollInterval=00:00:30), the .env file of the working directory or the
        command line; docs/configuration.md lists every option. ConnectionStrings__redis=host:port is always needed, and
        DATABASE_URL, or SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY.

        exit codes:
           0  stopped in order; the command is done; explain: mail would be accepted
           1  nothing was to be done; explain: mail would be refused
          64  unknown command, or arguments that make none
          69  the list's source or Redis does not answer, or the HTTP address cannot be listened on
          78  the configuration cannot be used; one line says why
        """;

    private const string List = """
          domains list
          domains add|remove DOMAIN           a domain, or *.DOMAIN for its subdomains
          bans list
          bans add|remove email|domain VALUE [exact|contains]
          explain SENDER RECIPIENT            which rule decides; '' is the null sender
        """;

    /// <summary>Runs the command that <paramref name="args"/> name with the service's configuration.</summary>
    /// <returns>The exit code, or null when they name none.</returns>
    public static async Task<int?> TryRunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        if (args is not ["domains" or "bans" or "explain", ..])
        {
            return null;
        }

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddBaselineConfiguration();
        builder.AddSync();
        using var host = builder.Build();
        return await RunAsync(args, host.Services, output, ct);
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
        await output.WriteLineAsync($"usage:\n{List}");
        return UsageError;
    }
}
