using System.CommandLine;

namespace Cybertemp.Cli;

/// <summary>What every command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description =
            "PostgreSQL, as an Npgsql connection string or a postgresql:// URL, in place of the configured one",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    public static readonly Option<string?> Redis = new("--redis")
    {
        Description = "Redis, as host:port[,password=...], in place of the configured one",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "The result as JSON; an export stays mbox",
        Recursive = true,
    };
}
