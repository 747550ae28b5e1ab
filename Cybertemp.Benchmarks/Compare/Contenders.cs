using Cybertemp.Tests.Smtp.Clients;
using Cybertemp.Tests.Support;
using Npgsql;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>Ours in its modes, and what people would run in its place.</summary>
internal static class Contenders
{
    public const string Ours = "committed";
    public const string Sink = "smtp-sink";

    private const string Committed = "it is committed";
    private const string InMemory = "it is in memory";
    private const string PeerTable = "peer_emails";

    private static readonly string Peers = Path.Combine(Repository.Root, "Cybertemp.Benchmarks", "peers");

    public static IReadOnlyList<Contender> All { get; } =
    [
        new(Ours, "**Cybertemp**", Committed, "emails", static database => RunningServer.StartOursAsync(database)),
        new(
            "single", "Cybertemp, one row a batch", Committed, "emails",
            static database => RunningServer.StartOursAsync(database, ("Storage__MaxBatchRows", "1"))),
        new(
            "received", "Cybertemp, `Acknowledge=Received`", "it was read", "emails",
            static database => RunningServer.StartOursAsync(database, ("Storage__Acknowledge", "Received")))
        {
            IsAheadOfRows = true,
        },
        new(
            "smtpserver", "SmtpServer (C#) + MimeKit + INSERT", Committed, PeerTable,
            static database => RunningServer.StartSelfAsync(SmtpServerPeer.Role, database)),
        new("node", "node smtp-server + mailparser + INSERT", Committed, PeerTable, StartNodeAsync),
        new("haraka", "Haraka + mailparser + INSERT", Committed, PeerTable, StartHarakaAsync),
        new("maildev", "maildev", InMemory, null, static _ => StartMaildevAsync()),
        new("smtp4dev", "smtp4dev", InMemory, null, static _ => StartSmtp4devAsync()),
        new(
            "discard", "Cybertemp's SMTP, without the rest", "it was read", null,
            static database => RunningServer.StartSelfAsync(DiscardRole.Role, database)),
        new(Sink, "Postfix smtp-sink", "it was read", null, static _ => StartSinkAsync()),
    ];

    public static Contender Get(string key) => All.First(c => c.Key == key);

    /// <summary>Another build of the receiver.</summary>
    /// <param name="folder">Of its executable.</param>
    public static Contender Other(string folder) => new(
        "other", "Cybertemp, the other build", Committed, "emails",
        database => RunningServer.StartOtherAsync(Path.Combine(folder, "Cybertemp.SmtpReceiver"), database));

    private static Task<RunningServer> StartSinkAsync() => RunningServer.StartAsync(static port => RunningServer.Start(
        [
            Program(ClientPrograms.SmtpSink, ".ci/install test fetches it"),
            .. (string[])(Environment.IsPrivilegedProcess ? ["-u", "nobody"] : []),
            $"127.0.0.1:{RunningServer.Text(port)}", "512",
        ],
        ("LD_LIBRARY_PATH", ClientPrograms.SmtpSourceLibraries)));

    private static Task<RunningServer> StartNodeAsync(string database) =>
        RunningServer.StartAsync(port => RunningServer.Start(
            ["node", Script("node-smtp-server.mjs", "smtp-server"), RunningServer.Text(port)],
            ("DATABASE_URL", Url(database)), ("NODE_ENV", "production")));

    private static Task<RunningServer> StartHarakaAsync(string database) =>
        RunningServer.StartAsync(port => RunningServer.Start(
            ["node", Script("haraka.mjs", "haraka"), RunningServer.Text(port)],
            ("DATABASE_URL", Url(database)), ("NODE_ENV", "production")));

    private static Task<RunningServer> StartMaildevAsync() =>
        RunningServer.StartAsync(static port => RunningServer.Start(
            [
                "node", Program(Path.Combine(Peers, "node_modules", ".bin", "maildev"), "npm install in peers"),
                "--smtp", RunningServer.Text(port), "--ip", "127.0.0.1", "--disable-web", "--silent",
            ],
            ("NODE_ENV", "production")));

    private static Task<RunningServer> StartSmtp4devAsync() =>
        RunningServer.StartAsync(static port => RunningServer.Start(
            [
                Program(
                    Path.Combine(Peers, "bin", "smtp4dev"),
                    "dotnet tool install Rnwood.Smtp4dev --tool-path peers/bin"),
                $"--smtpport={RunningServer.Text(port)}", "--imapport=", "--pop3port=", "--urls=http://127.0.0.1:0",
                "--db=",
            ]));

    private static string Script(string name, string package)
    {
        var folder = Path.Combine(Peers, "node_modules", package);
        return Directory.Exists(folder)
            ? Path.Combine(Peers, name)
            : throw new FileNotFoundException("npm install in peers has not been run");
    }

    private static string Program(string path, string howToGet) => File.Exists(path)
        ? path
        : throw new FileNotFoundException($"{Path.GetFileName(path)} is not there: {howToGet}");

    private static string Url(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var server = $"{settings.Host}:{RunningServer.Text(settings.Port)}";
        return $"postgresql://{settings.Username}@{server}/{settings.Database}";
    }
}
