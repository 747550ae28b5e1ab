using System.Text.Json;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Tests.EndToEnd;

/// <summary>The smallest installation: one receiver, one PostgreSQL, both filter sources open, no Redis.</summary>
public sealed class OneProcessTests(Servers servers) : IAsyncLifetime
{
    private const string Receiver = "Cybertemp.SmtpReceiver";

    private NpgsqlDataSource _database = null!;
    private ServiceProcess _receiver = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(await servers.Postgres.CreateDatabaseAsync());
        _database = NpgsqlDataSource.Create(connectionString);
        _receiver = await ServiceProcess.StartAsync(Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DATABASE_URL"] = $"postgresql://{connectionString.Username}@{connectionString.Host}:"
                + $"{connectionString.Port}/{connectionString.Database}",
            ["USE_SUPABASE_DOMAINS"] = "false",
            ["USE_SUPABASE_BANS"] = "false",
            ["SMTP_RECEIVE_PORT"] = "0",
        });
        _port = await _receiver.WaitForPortAsync("SMTP listens on");
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Mail_from_a_real_client_is_stored_parsed_and_byte_exact()
    {
        const string Script = """
            import smtplib, sys
            from email.message import EmailMessage
            m = EmailMessage()
            m['From'] = 'Jörg Example <joerg@example.net>'
            m['To'] = 'box@temp.example'
            m['Subject'] = 'Grüße ✓'
            m['Message-ID'] = '<three-parts@example.net>'
            m.set_content('Plain text\n.leading dot\n')
            m.add_alternative('<p>HTML <b>text</b></p>', subtype='html')
            m.add_attachment(b'%PDF-1.4\n\x00\xff', maintype='application', subtype='pdf', filename='report.pdf')
            from email.policy import SMTP
            raw = m.as_bytes(policy=SMTP)
            with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as s:
                s.sendmail('bounce@example.net', ['Box@TEMP.example', 'other@temp.example'], raw)
            sys.stdout.write(raw.hex())
            """;
        var sent = await PythonAsync(Script, $"{_port}");

        await using var command = _database.CreateCommand("""
            select inbox, mail_from, from_name, from_address, subject, text, html, message_id, raw, size_bytes,
                attachments::text, message_uid::text from emails order by inbox
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var uids = new List<string>();
        foreach (var inbox in (string[])["box@temp.example", "other@temp.example"])
        {
            Assert.True(await reader.ReadAsync());
            Assert.Equal(inbox, reader.GetString(0));
            Assert.Equal("bounce@example.net", reader.GetString(1));
            Assert.Equal("Jörg Example", reader.GetString(2));
            Assert.Equal("joerg@example.net", reader.GetString(3));
            Assert.Equal("Grüße ✓", reader.GetString(4));
            Assert.Equal("Plain text\n.leading dot\n", reader.GetString(5));
            Assert.Contains("<b>text</b>", reader.GetString(6), StringComparison.Ordinal);
            Assert.Equal("three-parts@example.net", reader.GetString(7));
            Assert.Equal(sent, Convert.ToHexStringLower(await reader.GetFieldValueAsync<byte[]>(8)));
            Assert.Equal(sent.Length / 2, reader.GetInt32(9));
            using var attachments = JsonDocument.Parse(reader.GetString(10));
            var attachment = Assert.Single(attachments.RootElement.EnumerateArray());
            Assert.Equal("report.pdf", attachment.GetProperty("name").GetString());
            Assert.Equal(11, attachment.GetProperty("sizeBytes").GetInt32());
            uids.Add(reader.GetString(11));
        }

        Assert.False(await reader.ReadAsync());
        Assert.Equal(uids[0], uids[1]);
    }

    [Fact]
    public async Task The_final_dot_is_not_answered_while_the_table_is_locked()
    {
        await using var client = await RawSmtpClient.ConnectAsync(_port);
        await client.BeginAsync("locked@temp.example");
        Assert.StartsWith("354 ", await client.CommandAsync("DATA"), StringComparison.Ordinal);

        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "lock table emails in access exclusive mode");
        var reply = client.CommandAsync("Subject: locked\r\n\r\nbody\r\n.");
        await WaitForBlockedInsertAsync(connection);
        Assert.False(reply.IsCompleted);
        await transaction.RollbackAsync();

        Assert.Matches("^250 2.0.0 Ok: Message accepted [0-9a-f-]{36}$", await reply);
        await using var count = _database.CreateCommand(
            "select count(*) from emails where inbox = 'locked@temp.example' and subject = 'locked'");
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Stops_with_exit_code_0_and_answers_the_message_in_flight()
    {
        await using var idle = await RawSmtpClient.ConnectAsync(_port);
        Assert.StartsWith("220 ", await idle.ReplyAsync(), StringComparison.Ordinal);
        await using var client = await RawSmtpClient.ConnectAsync(_port);
        await client.BeginAsync("stop@temp.example");
        Assert.StartsWith("354 ", await client.CommandAsync("DATA"), StringComparison.Ordinal);
        await client.SendAsync("Subject: stop\r\n\r\n");

        await _receiver.SignalAsync("TERM");
        Assert.StartsWith("421 4.3.2", await idle.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0", await client.CommandAsync("body\r\n."), StringComparison.Ordinal);
        Assert.Equal(0, await _receiver.WaitForExitAsync());
    }

    [Fact]
    public async Task With_nothing_configured_it_refuses_to_start_and_names_the_choices()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Equal(78, await receiver.WaitForExitAsync());
        Assert.Contains("DATABASE_URL", await receiver.WaitForLineAsync("configuration: "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_filter_source_it_refuses_to_start_and_names_the_choices()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none",
            });
        Assert.Equal(78, await receiver.WaitForExitAsync());
        var line = await receiver.WaitForLineAsync("configuration: ");
        Assert.Contains("ConnectionStrings:redis", line, StringComparison.Ordinal);
        Assert.Contains("Filters:Domains:Source=Open", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_value_is_named_with_its_key_and_what_is_allowed()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none",
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["SMTP_RECEIVE_PORT"] = "70000",
            });
        Assert.Equal(78, await receiver.WaitForExitAsync());
        Assert.Equal(
            "configuration: Smtp:Port is '70000': must be between 0 and 65535.",
            await receiver.WaitForLineAsync("configuration: "));
    }

    [Fact]
    public async Task The_env_file_of_the_working_directory_is_read_and_the_environment_wins()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ServiceProcess.DotEnv] = """
                # the baseline's file
                export DATABASE_URL='postgresql://nobody@127.0.0.1:1/none'
                USE_SUPABASE_DOMAINS=false
                USE_SUPABASE_BANS="false"
                SMTP_RECEIVE_PORT=70000
                Smtp__MaxRecipients=500000
                """,
                ["SMTP_RECEIVE_PORT"] = "0",
            });
        Assert.Equal(78, await receiver.WaitForExitAsync());
        Assert.Equal(
            "configuration: Smtp:MaxRecipients is '500000': must be between 100 and 1000.",
            await receiver.WaitForLineAsync("configuration: "));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_in_one_line()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none",
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["SMTP_RECEIVE_PORT"] = $"{_port}",
            });
        Assert.Equal(69, await receiver.WaitForExitAsync());
        Assert.Contains(
            $":{_port}", await receiver.WaitForLineAsync("SMTP cannot listen on"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", receiver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_of_a_refusal_finds_its_lines_in_the_log()
    {
        await using var receiver = await ServiceProcess.StartAsync(
            Receiver,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ServiceProcess.DotEnv] = "Logging__LogLevel__Cybertemp.SmtpReceiver.Smtp=Debug",
                ["ConnectionStrings__cybertemp"] = _database.ConnectionString,
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["SMTP_RECEIVE_PORT"] = "0",
            });
        await using var client = await RawSmtpClient.ConnectAsync(await receiver.WaitForPortAsync("SMTP listens on"));
        Assert.StartsWith("220 ", await client.ReplyAsync(), StringComparison.Ordinal);
        var reply = await client.CommandAsync("EXPN everybody");
        var reference = reply[(reply.LastIndexOf('(') + 1)..^1];

        Assert.Contains(
            "is from 127.0.0.1", await receiver.WaitForLineAsync($"Session {reference.Split('.')[0]}"),
            StringComparison.Ordinal);
        Assert.Contains(
            $"Session {reference} Expn: 502 5.5.1 not_implemented",
            await receiver.WaitForLineAsync($"Session {reference}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_ends_it_with_1()
    {
        await using (var command = _database.CreateCommand("insert into cybertemp_schema (version) values (999)"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var receiver = await ServiceProcess.StartAsync(
            Receiver, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cybertemp"] = _database.ConnectionString,
                ["USE_SUPABASE_DOMAINS"] = "false",
                ["USE_SUPABASE_BANS"] = "false",
                ["SMTP_RECEIVE_PORT"] = "0",
            });
        Assert.Equal(1, await receiver.WaitForExitAsync());
        await receiver.WaitForLineAsync("The database has schema version 999");
        Assert.DoesNotContain("   at ", receiver.Output, StringComparison.Ordinal);
    }

    private static async Task<string> PythonAsync(string script, params string[] arguments)
    {
        using var process = await ChildProcess.StartAsync(null, "KILL", "python3", ["-c", script, .. arguments]);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    private static async Task WaitForBlockedInsertAsync(NpgsqlConnection connection)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var blocked = new NpgsqlCommand(
            "select exists (select from pg_locks where not granted and relation = 'emails'::regclass)", connection);
        while (await blocked.ExecuteScalarAsync(timeout.Token) is not true)
        {
            await Task.Yield();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
