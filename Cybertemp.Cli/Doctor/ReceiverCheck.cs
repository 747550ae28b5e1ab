using System.Net.Sockets;
using Cybertemp.Cli.Sending;

namespace Cybertemp.Cli.Doctor;

/// <summary>Whether a receiver greets.</summary>
internal static class ReceiverCheck
{
    private const string Subject = "receiver";

    public static async Task<IReadOnlyList<Finding>> RunAsync(CommandContext context, CancellationToken ct)
    {
        var server = SmtpServerOption.Of(context);
        var where = SmtpServerOption.Text(server);
        try
        {
            using var client = await SmtpClient.ConnectAsync(server, ct);
            var greeting = await client.ReadGreetingAsync(ct);
            return
            [
                greeting.IsPositive
                    ? Finding.Ok(Subject, $"{where} answers {greeting.Text}")
                    : Finding.Problem(
                        Subject, $"{where} answers {greeting.Text}", "docs/smtp.md says what each reply means"),
            ];
        }
        catch (Exception ex) when (ex is SocketException or TimeoutException or IOException)
        {
            // Receivers may well be on other machines; one that was named has to be there.
            return [context.Arguments.GetValue(SmtpServerOption.Value) is null
                ? Finding.Note(Subject, $"none at {where}", "name one: --server HOST:PORT")
                : Finding.Problem(
                    Subject, $"none at {where}: {ex.Message}", "start it, or open the port on the way there")];
        }
    }
}
