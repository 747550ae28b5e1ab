namespace Cybertemp.SmtpReceiver;

/// <summary>What <c>--help</c> says.</summary>
internal static class ReceiverUsage
{
    public const string Text = """
        Receives mail by SMTP and commits it to PostgreSQL.

        usage: Cybertemp.SmtpReceiver [--Section:Option=value ...]   serves until SIGTERM or Ctrl+C
               Cybertemp.SmtpReceiver --help | --version
        Operators' commands are another program: cybertemp --help.

        configuration: the environment (Smtp__Port=25), the .env file of the working directory or the command line;
        docs/configuration.md lists every option. The least there can be is
          DATABASE_URL=postgresql://user:password@host/database USE_SUPABASE_DOMAINS=false USE_SUPABASE_BANS=false
        or, with filters from a Sync, ConnectionStrings__redis=host:port in place of the last two.

        exit codes:
           0  stopped in order
           1  the schema is newer than this program
          64  a word where a setting has to be
          69  the port cannot be listened on
          70  a part of the program failed; the log says which and why
          78  the configuration cannot be used; one line says why
        """;
}
