using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Operators;
using Npgsql;

namespace Cybertemp.SmtpReceiver;

/// <summary>What an operator asks for on the command line, in place of the service.</summary>
internal static class ReceiverCommands
{
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
