using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using Cybertemp.Cli.Sending;

namespace Cybertemp.Cli.Commands;

/// <summary><c>send RECIPIENT...</c>: a test mail over SMTP, as anybody would send it.</summary>
internal static class SendCommand
{
    private static readonly Argument<string[]> Recipients = new("RECIPIENT")
    {
        Description = "Inboxes, as box@example.com",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "The sender, in the envelope and in the header",
        DefaultValueFactory = static _ => "cybertemp@example.org",
    };

    private static readonly Option<string> Subject = new("--subject")
    {
        Description = "Its subject",
        DefaultValueFactory = static _ => "A test mail",
    };

    private static readonly Option<string> Text = new("--text")
    {
        Description = "Its text",
        DefaultValueFactory = static _ => "Sent by cybertemp. Your code is 482 913.",
    };

    private static readonly Option<string?> Html = new("--html") { Description = "The same as HTML, beside the text" };

    private static readonly Option<FileInfo[]> Attachments =
        new Option<FileInfo[]>("--attach") { Description = "A file to attach; may be given again", HelpName = "FILE" }
        .AcceptExistingOnly();

    private static readonly Option<Encoding?> Charset = new("--charset")
    {
        Description =
            "What subject and text are encoded in, as utf-8, iso-8859-1, koi8-r or shift_jis; by default utf-8",
        HelpName = "NAME",
        CustomParser = static result =>
        {
            try
            {
                return Encoding.GetEncoding(
                    result.Tokens[0].Value, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            }
            catch (ArgumentException)
            {
                result.AddError($"'{result.Tokens[0].Value}' is no charset that is known here.");
                return null;
            }
        },
    };

    public static Command Create() =>
        new Command("send", "Sends a test mail")
        {
            Recipients, SmtpServerOption.Value, From, Subject, Text, Html, Attachments, Charset,
        }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (server, arguments) = (SmtpServerOption.Of(context), context.Arguments);
        var mail = new TestMail(
            arguments.GetRequiredValue(From),
            arguments.GetRequiredValue(Recipients),
            arguments.GetRequiredValue(Subject),
            arguments.GetRequiredValue(Text),
            arguments.GetValue(Html),
            arguments.GetValue(Attachments) ?? [],
            arguments.GetValue(Charset) ?? Encoding.UTF8);
        try
        {
            var octets = await mail.ToOctetsAsync(ct);
            using var client = await SmtpClient.ConnectAsync(server, ct);
            var reply = await client.SendAsync(mail.From, mail.Recipients, octets, ct);
            await context.WriteAsync(
                new { Server = SmtpServerOption.Text(server), Reply = reply.Text, Bytes = octets.Length }, reply.Text);
            return reply.IsPositive ? ExitCode.Done : ExitCode.Refused;
        }
        catch (EncoderFallbackException)
        {
            return await CommandContext.RefuseAsync(
                $"The mail has characters that {mail.Charset.WebName} does not have.", ExitCode.Usage);
        }
        catch (Exception ex) when (
            ex is SocketException or TimeoutException or EndOfStreamException
                or IOException { InnerException: SocketException })
        {
            return await CommandContext.RefuseAsync(
                $"No receiver answers at {SmtpServerOption.Text(server)}: {ex.Message}", ExitCode.Unavailable);
        }
    }
}
