using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cybertemp.Mail.Filters;
using Cybertemp.Mail.Filters.Mirror;
using Cybertemp.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Npgsql;
using StackExchange.Redis;

namespace Cybertemp.Cli;

/// <summary>What one run of a command works with; connections are made when they are first asked for.</summary>
internal sealed class CommandContext(ParseResult arguments, IConfiguration configuration) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly TimeSpan RedisTimeout = TimeSpan.FromSeconds(3);

    private NpgsqlDataSource? _database;
    private MirrorConnection? _redis;
    private ConnectionMultiplexer? _multiplexer;

    public ParseResult Arguments => arguments;

    public IConfiguration Configuration => configuration;

    /// <summary>The one database.</summary>
    /// <exception cref="ConfigurationException">None is configured, or its connection string cannot be
    /// used.</exception>
    public NpgsqlDataSource Database => _database ??= OpenDatabase();

    /// <summary>Where the filters' mirror is.</summary>
    /// <exception cref="ConfigurationException">None is configured, or its connection string cannot be
    /// used.</exception>
    public MirrorConnection Redis => _redis ??= OpenRedis();

    /// <summary>The result: lines for people, or one JSON value.</summary>
    public async Task WriteAsync(object json, params IEnumerable<string> lines)
    {
        var text = arguments.GetValue(CommonOptions.Json)
            ? JsonSerializer.Serialize(json, JsonOptions) + "\n"
            : string.Concat(lines.Select(static line => line + "\n"));
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Says why the command does nothing.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RefuseAsync(string reason, int exitCode = ExitCode.Refused)
    {
        await Console.Error.WriteLineAsync(reason);
        return exitCode;
    }

    /// <summary>Where a list of the filters comes from.</summary>
    /// <param name="list"><c>Domains</c> or <c>Bans</c>.</param>
    public FilterSourceKind Source(string list) =>
        configuration.GetValue($"Filters:{list}:Source", FilterSourceKind.Postgres);

    /// <summary>Where blocked addresses and prefixes come from.</summary>
    public FilterSourceKind RecipientSource => FilterListOptions.OfRecipients(Source("Domains"), Source("Bans"));

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_multiplexer is not null)
        {
            await _multiplexer.DisposeAsync();
        }
    }

    private NpgsqlDataSource OpenDatabase()
    {
        var given = Require(
            CommandConfiguration.DatabaseName,
            "no database is configured, and no local stack runs here: set "
            + "DATABASE_URL=postgresql://user:password@host/database or ConnectionStrings__cybertemp, "
            + "or use --database.");
        try
        {
            var builder = new NpgsqlDataSourceBuilder(given);
            var settings = builder.ConnectionStringBuilder;
            settings.ApplicationName ??= "cybertemp";
            settings.Timeout = settings.ShouldSerialize("Timeout") ? settings.Timeout : 5;
            settings.TargetSessionAttributes ??= settings.Host?.Contains(',', StringComparison.Ordinal) is true
                ? "primary"
                : null;
            return builder.Build();
        }
        catch (Exception ex) when (ex is ArgumentException or NotSupportedException or FormatException)
        {
            throw Unusable(CommandConfiguration.DatabaseName);
        }
    }

    private MirrorConnection OpenRedis()
    {
        var given = Require(MirrorContract.ConnectionName, "no Redis is configured, and no local stack runs here: set "
            + "ConnectionStrings__redis=host:port, or use --redis.");
        try
        {
            var options = ConfigurationOptions.Parse(given);
            options.AbortOnConnectFail = true;
            options.ConnectTimeout = (int)RedisTimeout.TotalMilliseconds;
            return new MirrorConnection(() => _multiplexer ??= ConnectionMultiplexer.Connect(options));
        }
        catch (ArgumentException)
        {
            throw Unusable(MirrorContract.ConnectionName);
        }
    }

    private string Require(string name, string otherwise) =>
        configuration.GetConnectionString(name) is { Length: > 0 } given
            ? given
            : throw new ConfigurationException(otherwise);

    private static ConfigurationException Unusable(string name) =>
        new($"ConnectionStrings:{name} is set, but not valid.");
}
