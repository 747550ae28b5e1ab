namespace Cybertemp.Sync;

/// <summary>What <c>--help</c> says.</summary>
internal static class SyncUsage
{
    public const string Text = """
        Mirrors accepted domains and bans from Supabase or PostgreSQL into Redis, from where receivers load them.

        usage: Cybertemp.Sync [--Section:Option=value ...]   serves until SIGTERM or Ctrl+C; one of several is active
               Cybertemp.Sync --help | --version
        Operators' commands are another program: cybertemp --help.

        configuration: the environment (Filters__PollInterval=00:00:30), the .env file of the working directory or the
        command line; docs/configuration.md lists every option. ConnectionStrings__redis=host:port is always needed, and
        DATABASE_URL, or SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY.

        exit codes:
           0  stopped in order
          64  a word where a setting has to be
          69  the HTTP address cannot be listened on
          70  a part of the program failed; the log says which and why
          78  the configuration cannot be used; one line says why
        """;
}
