using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Cli;

/// <summary><c>send</c>, to a receiver without filters.</summary>
public sealed class SendCommandTests(Servers servers) : IAsyncLifetime
{
    private ServiceProcess _receiver = null!;
    private NpgsqlDataSource _database = null!;
    private string _server = "";

    public async ValueTask InitializeAsync()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        _database = NpgsqlDataSource.Create(connectionString);
        _receiver = await ServiceProcess.StartAsync(
            "Cybertemp.SmtpReceiver", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = connectionString,
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["Inboxes__DisabledDomains"] = "off.example",
                ["Smtp__Port"] = "0",
                ["Smtp__ListenAddress"] = "127.0.0.1",
            });
        _server = $"127.0.0.1:{await _receiver.WaitForPortAsync("SMTP listens on")}";
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_mail_is_stored_with_charset_and_attachment_and_the_reply_is_shown()
    {
        const string Text = "\u041F\u0440\u0438\u0432\u0435\u0442\n.\n.dot";
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "\u00DCbersicht.csv");
        await File.WriteAllTextAsync(file, "a;b");
        var run = await CliProcess.RunAsync(
            "send", "box@t.example", "b\u00F6x@t.example", "--server", _server, "--subject", "\u0422\u0435\u043C\u0430",
            "--text", Text,
            "--html", "<b>\u041F</b>", "--charset", "koi8-r", "--attach", file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("250 2.0.0 Ok: Message accepted ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["box@t.example", "b\u00F6x@t.example"], await _database.ColumnAsync(
            "select inbox from emails order by inbox collate \"C\""));
        Assert.Equal(
            "\u0422\u0435\u043C\u0430", await _database.ScalarAsync<string>("select subject from emails limit 1"));
        Assert.Equal(Text, (await _database.ScalarAsync<string>("select text from emails limit 1"))
            .ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("\u00DCbersicht.csv", await _database.ScalarAsync<string>(
            "select attachments->0->>'name' from emails limit 1"));
        Assert.Equal("t", await _database.ScalarAsync<string>(
            "select (position('koi8-r' in convert_from(raw, 'SQL_ASCII')) > 0)::text::char from emails limit 1"));
    }

    [Fact]
    public async Task A_refusal_is_shown_and_is_1()
    {
        var run = await CliProcess.RunAsync("send", "box@off.example", "--server", _server);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("550 5.2.1 Mail for this domain is switched off", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_the_charset_lacks_is_64() =>
        Assert.Equal(64, (await CliProcess.RunAsync(
            "send", "box@t.example", "--server", _server, "--text", "\u041F", "--charset", "iso-8859-1")).ExitCode);
}
