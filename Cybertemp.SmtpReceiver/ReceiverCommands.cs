using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Operators;
using Npgsql;

namespace Cybertemp.SmtpReceiver;

/// <summary>What an operator asks for on the command line, in place of the service.</summary>
internal static class ReceiverCommands
{
    public const string Help = $"""
        Receives mail by SMTP and commits it to PostgreSQL.

        usage: Cybertemp.SmtpReceiver [--Section:Option=value ...]   serves until SIGTERM or Ctrl+C
               Cybertemp.SmtpReceiver COMMAND                        does one thing with the same configuration
               Cybertemp.SmtpReceiver --help | --version

        commands:
        {OperatorCommands.List}

        configuration: the environment (Smtp__Port=25), the .env file of the working directory or the command line;
        docs/configuration.md lists every option. The least there can be is
          DATABASE_URL=postgresql://user:password@host/database USE_SUPABASE_DOMAINS=false USE_SUPABASE_BANS=false
        or, with filters from a Sync, ConnectionStrings__redis=host:port in place of the last two.

        exit codes:
           0  stopped in order, or the command is done
           1  the command found nothing to do, PostgreSQL refused, or the schema is newer than this program
          64  unknown command, or arguments that make none
          69  the port cannot be listened on
          78  the configuration cannot be used; one line says why
        """;

    /// <summary>Runs it with the service's configuration.</summary>
    /// <returns>The exit code, or null when the arguments are those of the service.</returns>
    public static Task<int?> TryRunAsync(string[] args, IConfiguration configuration) =>
        OperatorCommands.TryRunAsync(args, () => Open(configuration), Normalize, OperatorConsole.OfProcess(), CancellationToken.None);

    private static (NpgsqlDataSource Database, StorageOptions Options) Open(IConfiguration configuration)
    {
        var options = ReceiverServices.Storage(configuration);
        var builder = new NpgsqlDataSourceBuilder(ReceiverServices.Database(configuration));
        StorageConnection.Configure(builder, options);
        return (builder.Build(), options);
    }

    private static string? Normalize(string address) =>
        MailPath.TryParse($"<{address}>", out var path) && path.Rest.IsEmpty && path.TryNormalize(out var mailbox) ? mailbox.ToString() : null;
}
