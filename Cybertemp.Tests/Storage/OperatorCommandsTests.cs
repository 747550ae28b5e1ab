using System.Text;
using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.SmtpReceiver.Storage.Operators;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.Storage;

[Collection(Servers.Name)]
public sealed class OperatorCommandsTests(Servers servers) : IAsyncLifetime
{
    private StorageHost _storage = null!;
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _connectionString = await servers.Postgres.CreateDatabaseAsync();
        _storage = await StorageHost.StartAsync(_connectionString);
    }

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task What_is_no_command_starts_the_service()
    {
        Assert.Null((await RunAsync("--Smtp:Port=25")).ExitCode);
        Assert.Null((await RunAsync()).ExitCode);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("private", "add")]
    [InlineData("private", "add", "no address")]
    [InlineData("inbox", "burn", "a@t")]
    public async Task What_is_not_understood_shows_the_usage(params string[] args)
    {
        var (exitCode, _, error) = await RunAsync(args);

        Assert.Equal(64, exitCode);
        Assert.StartsWith("usage:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_mail_becomes_private_with_its_address_and_stays_so()
    {
        await _storage.WriteAsync(Messages.To("a@t", "b@t"));

        Assert.Equal((0, "a@t is private; 1 stored messages moved with it\n"), Result(await RunAsync("private", "add", "A@T")));
        await _storage.WriteAsync(Messages.To("a@t"));

        Assert.Equal((0, "a@t\n"), Result(await RunAsync("private", "list")));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select inbox from emails"));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select address from inbox"));
        Assert.Equal(["a@t", "a@t"], await _storage.DataSource.ColumnAsync("select inbox from private_emails"));

        Assert.Equal(0, (await RunAsync("private", "remove", "a@t")).ExitCode);
        Assert.Equal(1, (await RunAsync("private", "remove", "a@t")).ExitCode);
        await _storage.WriteAsync(Messages.To("a@t"));
        Assert.Equal(1L, await _storage.DataSource.ScalarAsync<long>("select count(*) from emails where inbox = 'a@t'"));
        Assert.Equal(2L, await _storage.DataSource.ScalarAsync<long>("select count(*) from private_emails"));
    }

    [Fact]
    public async Task A_password_is_stored_as_a_hash_that_others_can_verify()
    {
        Assert.Equal(0, (await RunAsync(["private", "add", "a@t", "--password-stdin"], "correct horse\n")).ExitCode);

        var hash = (await _storage.DataSource.ScalarAsync<string>("select password_hash from private_email")).Split('$');
        var expected = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
            "correct horse", FromBase64(hash[3]), int.Parse(hash[2], provider: null), System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
        Assert.Equal("pbkdf2-sha256", hash[1]);
        Assert.Equal(expected, FromBase64(hash[4]));
    }

    [Fact]
    public async Task An_export_is_an_mbox_that_python_reads_back_octet_by_octet()
    {
        var raw = Encoding.ASCII.GetBytes("Subject: one\r\n\r\nFrom here\r\n>From there\r\n\r\nend\r\n");
        await _storage.WriteAsync(Messages.Of([new("a@t", false)], raw: raw));
        await _storage.WriteAsync(Messages.Of([new("a@t", true)], raw: Encoding.ASCII.GetBytes("Subject: two\r\n\r\nbye\r\n")));
        await _storage.WriteAsync(Messages.To("b@t"));

        var (exitCode, mbox, _) = await RunAsync("inbox", "export", "a@t");

        Assert.Equal(0, exitCode);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, mbox);
        await ChildProcess.RunAsync(null, "python3", "-c", Check, file);
        File.Delete(file);
    }

    [Fact]
    public async Task A_purge_deletes_everything_unless_it_is_on_hold()
    {
        await _storage.WriteAsync(Messages.Of([new("a@t", false), new("b@t", false)]));
        await _storage.WriteAsync(Messages.Of([new("a@t", true)]));
        Assert.Equal(0, (await RunAsync("inbox", "hold", "a@t")).ExitCode);
        Assert.Equal(1, (await RunAsync("inbox", "purge", "a@t")).ExitCode);

        Assert.Equal(0, (await RunAsync("inbox", "release", "a@t")).ExitCode);
        Assert.Equal((0, "2 messages deleted\n"), Result(await RunAsync("inbox", "purge", "a@t")));

        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select inbox from emails union all select inbox from private_emails"));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select address from inbox"));
    }

    private const string Check = """
        import mailbox, sys
        m = list(mailbox.mbox(sys.argv[1]))
        assert [x['Subject'] for x in m] == ['one', 'two'], m
        assert m[0]['Return-Path'] == '<sender@example.com>', m[0]['Return-Path']
        assert 'from client.example.com ([127.0.0.1])' in m[0]['Received'], m[0]['Received']
        assert '<a@t>' in m[0]['Received']
        assert m[0].get_payload() == '>From here\n>>From there\n\nend\n', repr(m[0].get_payload())
        """;

    private static (int? ExitCode, string Output) Result((int? ExitCode, string Output, string Error) run) => (run.ExitCode, run.Output);

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.Replace('.', '+').PadRight((text.Length + 3) / 4 * 4, '='));

    private Task<(int? ExitCode, string Output, string Error)> RunAsync(params string[] args) => RunAsync(args, "");

    private async Task<(int? ExitCode, string Output, string Error)> RunAsync(string[] args, string input)
    {
        await using var output = new MemoryStream();
        await using var error = new StringWriter();
        var exitCode = await OperatorCommands.TryRunAsync(
            args,
            () => (NpgsqlDataSource.Create(_connectionString), new StorageOptions()),
            a => a.Contains('@', StringComparison.Ordinal) ? a.ToLowerInvariant() : null,
            new OperatorConsole(new StringReader(input), output, error),
            CancellationToken.None);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
