using System.Diagnostics;
using System.Text;
using Cybertemp.Mail.Mime;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Smtp.Clients;

/// <summary>Mail from programs that were not written with this server in mind.</summary>
public sealed class RealClientTests
{
    private const string SelfSigned = "Smtp:Tls:SelfSigned=true";

    private const string Smtplib = """
        import smtplib, sys
        from email.message import EmailMessage
        m = EmailMessage()
        m['Subject'] = 'Grüße'
        m.set_content('.\n..two\nthe end\n')
        with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as s:
            s.send_message(m, 'a@client.example', ['one@temp.example', 'two@temp.example'])
            s.sendmail('b@client.example', 'three@temp.example', b'x\r\n')
        """;

    private const string SmtplibUtf8 = """
        import smtplib, sys
        with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as s:
            s.ehlo()
            s.sendmail('jürgen@client.example', ['grüße@BÜCHER.temp.example'], b'x\r\n',
                mail_options=['SMTPUTF8', 'BODY=8BITMIME'])
        """;

    [Fact]
    public async Task Python_smtplib_delivers()
    {
        await using var host = await SmtpHost.StartAsync();
        await RunAsync("", "python3", "-c", Smtplib, host.PortText);
        var messages = host.Sink.Messages.ToArray();
        Assert.Equal("one@temp.example, two@temp.example", string.Join(", ", messages[0].Envelope.Recipients));
        Assert.Contains(
            "\r\n.\r\n..two\r\nthe end\r\n", Encoding.UTF8.GetString(messages[0].Content.Span),
            StringComparison.Ordinal);
        Assert.Equal("x\r\n", Encoding.UTF8.GetString(messages[1].Content.Span));
    }

    [Fact]
    public async Task Python_smtplib_delivers_to_internationalised_addresses()
    {
        await using var host = await SmtpHost.StartAsync();
        await RunAsync("", "python3", "-c", SmtplibUtf8, host.PortText);
        var message = Assert.Single(host.Sink.Messages);
        Assert.Equal("grüße@xn--bcher-kva.temp.example", Assert.Single(message.Envelope.Recipients).ToString());
        Assert.Equal("jürgen@client.example", message.Envelope.MailFrom);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("--pipeline", "")]
    [InlineData("--tls", SelfSigned)]
    [InlineData("--tls --pipeline", SelfSigned)]
    [InlineData("--proxy-version 1 --proxy-family TCP4 --proxy-source 192.0.2.7 --proxy-source-port 1 --proxy-dest "
        + "192.0.2.8 --proxy-dest-port 25", "Smtp:ProxyNetworks=127.0.0.1")]
    [InlineData("--proxy-version 2 --proxy-family AF_INET --proxy-source 192.0.2.7 --proxy-source-port 1 --proxy-dest "
        + "192.0.2.8 --proxy-dest-port 25", "Smtp:ProxyNetworks=127.0.0.1")]
    public async Task Swaks_delivers(string arguments, string setting)
    {
        await using var host = await SmtpHost.StartAsync(setting.Length > 0 ? [setting] : []);
        var options = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await RunAsync("", "swaks", [
            "--server", "127.0.0.1", "--port", host.PortText, "--from", "a@client.example", "--to",
            "box@temp.example,two@temp.example",
            "--body", "hello\n.\n.dot", .. options]);
        var message = Assert.Single(host.Sink.Messages);
        Assert.Contains(
            "\r\nhello\r\n.\r\n.dot\r\n", Encoding.UTF8.GetString(message.Content.Span), StringComparison.Ordinal);
        Assert.Equal(
            arguments.Contains("proxy", StringComparison.Ordinal) ? "192.0.2.7" : "127.0.0.1",
            message.Envelope.ClientAddress.ToString());
        Assert.Equal(arguments.Contains("tls", StringComparison.Ordinal), message.Envelope.Tls is not null);
    }

    [Fact]
    public async Task OpenSSL_s_client_delivers()
    {
        // It sends its whole input at once.
        await using var host = await SmtpHost.StartAsync(SelfSigned, "Smtp:ForbidUnauthorizedPipelining=false");
        var output = await RunAsync(
            "EHLO c\nMAIL FROM:<a@client.example>\nRCPT TO:<box@temp.example>\nDATA\nhi\n.\nQUIT\n",
            "openssl", "s_client", "-connect", $"127.0.0.1:{host.PortText}", "-starttls", "smtp", "-crlf", "-quiet",
            "-ign_eof", "-tls1_2");
        Assert.Contains("250 2.0.0 Ok: Message accepted", output, StringComparison.Ordinal);
        Assert.StartsWith("TLSv1.2 TLS_", Assert.Single(host.Sink.Messages).Envelope.Tls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", "")]
    [InlineData("on", SelfSigned)]
    public async Task Msmtp_delivers(string tls, string setting)
    {
        await using var host = await SmtpHost.StartAsync(setting.Length > 0 ? [setting] : []);
        await RunAsync(
            "Subject: x\n\n.\nfrom msmtp\n",
            "msmtp", "--file=/dev/null", "--host=127.0.0.1", $"--port={host.PortText}", $"--tls={tls}",
            "--tls-certcheck=off", "--from=a@client.example", "box@temp.example");
        Assert.Contains(
            "\r\n.\r\nfrom msmtp\r\n", Encoding.UTF8.GetString(Assert.Single(host.Sink.Messages).Content.Span),
            StringComparison.Ordinal);
    }

    /// <summary>It ends well when it is refused, too: what arrived counts.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-d")]
    public async Task Postfix_smtp_source_delivers_from_a_hundred_sessions(string keepsSessions)
    {
        Fetched.OrSkip(ClientPrograms.SmtpSource);
        await using var host = await SmtpHost.StartAsync();
        string[] options = [
            .. keepsSessions.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-s", "100", "-m", "2000", "-l",
            "4096"];
        await RunAsync("", ClientPrograms.SmtpSource, [
            .. options, "-f", "a@client.example", "-t", "box@temp.example", $"127.0.0.1:{host.PortText}"]);
        Assert.Equal(2_000, host.Sink.Messages.Count);
        Assert.All(host.Sink.Messages, static message => Assert.True(message.Content.Length >= 4096));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("tls")]
    public async Task Nodemailer_delivers(string security)
    {
        Fetched.OrSkip(ClientPrograms.Nodemailer);
        await using var host = await SmtpHost.StartAsync(SelfSigned);
        await RunAsync("", "node", ClientPrograms.NodemailerScript, host.PortText, security);
        var reader = new MessageReader(new MimeLimits());
        var messages = host.Sink.Messages.Select(message => reader.Read(message.Content)).ToList();
        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"Grüße {number} ✓").Order(StringComparer.Ordinal),
            messages.Select(message => message.Subject).Order(StringComparer.Ordinal));
        Assert.All(messages, static message => Assert.Equal(".\n..two\nÄnde\n", message.Text));
        Assert.All(messages, static message => Assert.Contains(
            "naïve ✓ (a very long name, so that it needs more than one section).bin", message.Attachments,
            StringComparison.Ordinal));
        Assert.All(host.Sink.Messages, message => Assert.Equal(security == "tls", message.Envelope.Tls is not null));
        Assert.All(host.Sink.Messages, static message =>
            Assert.Equal("grüße@xn--bcher-kva.temp.example", message.Envelope.Recipients[1].ToString()));
    }

    private static async Task<string> RunAsync(string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (program == ClientPrograms.SmtpSource)
        {
            start.Environment["LD_LIBRARY_PATH"] = ClientPrograms.SmtpSourceLibraries;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, text);
        return text;
    }
}
