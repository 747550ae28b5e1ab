using System.Security.Cryptography;
using System.Text;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Cli;

/// <summary><c>inbox</c> and <c>private</c>.</summary>
public sealed class InboxCommandTests(Servers servers) : IAsyncLifetime
{
    private StorageHost _storage = null!;
    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _connectionString = await servers.Postgres.CreateDatabaseAsync();
        _storage = await StorageHost.StartAsync(_connectionString);
    }

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task Stored_mail_becomes_private_with_its_address_and_stays_so()
    {
        await _storage.WriteAsync(Messages.To("a@t", "b@t"));

        Assert.Equal(
            (0, "a@t is private; 1 stored messages moved with it\n"), Result(await RunAsync("private", "add", "A@T")));
        await _storage.WriteAsync(Messages.To("a@t"));

        Assert.Equal((0, "a@t\n"), Result(await RunAsync("private", "list")));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select inbox from emails"));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select address from inbox"));
        Assert.Equal(["a@t", "a@t"], await _storage.DataSource.ColumnAsync("select inbox from private_emails"));

        Assert.Equal(0, (await RunAsync("private", "remove", "a@t")).ExitCode);
        Assert.Equal(1, (await RunAsync("private", "remove", "a@t")).ExitCode);
        await _storage.WriteAsync(Messages.To("a@t"));
        Assert.Equal(
            1L, await _storage.DataSource.ScalarAsync<long>("select count(*) from emails where inbox = 'a@t'"));
        Assert.Equal(2L, await _storage.DataSource.ScalarAsync<long>("select count(*) from private_emails"));
    }

    [Fact]
    public async Task A_password_is_stored_as_a_hash_that_others_can_verify()
    {
        Assert.Equal(0, (await RunAsync(["private", "add", "a@t", "--password-stdin"], "correct horse\n")).ExitCode);

        AssertVerifies("correct horse", await PasswordAsync());
        Assert.Equal((0, "a@t has a new password\n"), Result(await RunAsync(
            ["private", "password", "A@T"], "battery staple\n")));
        AssertVerifies("battery staple", await PasswordAsync());

        Assert.Equal(1, (await RunAsync(["private", "password", "b@t"], "secret\n")).ExitCode);
        Assert.Equal(64, (await RunAsync(["private", "password", "a@t"], "\n")).ExitCode);
        AssertVerifies("battery staple", await PasswordAsync());

        Task<string> PasswordAsync() =>
            _storage.DataSource.ScalarAsync<string>("select password_hash from private_email");
    }

    [Fact]
    public async Task An_export_is_an_mbox_that_python_reads_back_octet_by_octet()
    {
        var raw = Encoding.ASCII.GetBytes("Subject: one\r\n\r\nFrom here\r\n>From there\r\n\r\nend\r\n");
        await _storage.WriteAsync(Messages.Of([new("a@t", false)], raw: raw));
        await _storage.WriteAsync(
            Messages.Of([new("a@t", true)], raw: Encoding.ASCII.GetBytes("Subject: two\r\n\r\nbye\r\n")));
        await _storage.WriteAsync(Messages.To("b@t"));

        var (exitCode, mbox, error) = await RunAsync("inbox", "export", "a@t");

        Assert.Equal((0, ""), (exitCode, error));
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
        await _storage.WriteAsync(Messages.Of([new("a@t", false), new("b@t", false)], text: "\0"));
        await _storage.WriteAsync(Messages.Of([new("a@t", false)], text: "\0"));
        Assert.Equal(0, (await RunAsync("inbox", "hold", "a@t")).ExitCode);
        Assert.Equal(1, (await RunAsync("inbox", "purge", "a@t")).ExitCode);

        Assert.Equal(0, (await RunAsync("inbox", "release", "a@t")).ExitCode);
        Assert.Equal((0, "4 messages deleted\n"), Result(await RunAsync("inbox", "purge", "a@t")));

        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync(
            "select inbox from emails union all select inbox from private_emails"));
        Assert.Equal(["b@t"], await _storage.DataSource.ColumnAsync("select address from inbox"));
        Assert.Equal(["{b@t}"], await _storage.DataSource.ColumnAsync("select inboxes::text from quarantine"));
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

    private static byte[] FromBase64(string text) =>
        Convert.FromBase64String(text.Replace('.', '+').PadRight((text.Length + 3) / 4 * 4, '='));

    private static void AssertVerifies(string password, string hash)
    {
        var parts = hash.Split('$');
        Assert.Equal("pbkdf2-sha256", parts[1]);
        Assert.Equal(
            Rfc2898DeriveBytes.Pbkdf2(
                password, FromBase64(parts[3]), int.Parse(parts[2], provider: null), HashAlgorithmName.SHA256, 32),
            FromBase64(parts[4]));
    }

    private static (int ExitCode, string Output) Result(CliProcess run) => (run.ExitCode, run.Output);

    private Task<CliProcess> RunAsync(params string[] arguments) => RunAsync(arguments, "");

    private Task<CliProcess> RunAsync(string[] arguments, string input) => CliProcess.RunAsync(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__cybertemp"] = _connectionString },
        input, arguments);
}
