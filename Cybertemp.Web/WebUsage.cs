namespace Cybertemp.Web;

/// <summary>What <c>--help</c> says.</summary>
internal static class WebUsage
{
    public const string Text = """
        Shows received mail: JSON, live events and the inbox page.

        usage: Cybertemp.Web [--Section:Option=value ...]   serves until SIGTERM or Ctrl+C
               Cybertemp.Web --help | --version
        Operators' commands are another program: cybertemp --help.

        configuration: the environment (Web__MaxPoolSize=50), the .env file of the working directory or the command
        line; docs/configuration.md lists every option. DATABASE_URL (postgresql://user:password@host/database) is
        needed; with ConnectionStrings__redis=host:port new mail is shown at once, without it within two seconds.

        exit codes:
           0  stopped in order
          64  a word where a setting has to be
          69  the HTTP address cannot be listened on
          70  a part of the program failed; the log says which and why
          78  the configuration cannot be used; one line says why
        """;
}
