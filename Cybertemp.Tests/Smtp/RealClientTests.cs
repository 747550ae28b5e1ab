using System.Diagnostics;
using System.Text;

namespace Cybertemp.Tests.Smtp;

/// <summary>Mail from programs that were not written with this server in mind.</summary>
public sealed class RealClientTests
{
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

    [Fact]
    public async Task Python_smtplib_delivers()
    {
        await using var host = await SmtpHost.StartAsync();
        await RunAsync("python3", "-c", Smtplib, host.PortText);
        var messages = host.Sink.Messages.ToArray();
        Assert.Equal("one@temp.example, two@temp.example", string.Join(", ", messages[0].Recipients));
        Assert.Contains("\r\n.\r\n..two\r\nthe end\r\n", Encoding.UTF8.GetString(messages[0].Content.Span), StringComparison.Ordinal);
        Assert.Equal("x\r\n", Encoding.UTF8.GetString(messages[1].Content.Span));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, text);
        return text;
    }
}
