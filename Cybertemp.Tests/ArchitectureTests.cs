using System.Reflection;
using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests;

/// <summary>
/// Who may name whom: the rules of docs/architecture.md, read from the built assemblies, so that neither an alias nor a
/// full name gets past them.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Root = Repository.Root;

    /// <summary>The projects of ours that each one references.</summary>
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Cybertemp.AppHost"] = ["Cybertemp.ServiceDefaults"],
        ["Cybertemp.Cli"] = ["Cybertemp.Mail", "Cybertemp.ServiceDefaults"],
        ["Cybertemp.Mail"] = [],
        ["Cybertemp.ServiceDefaults"] = [],
        ["Cybertemp.SmtpReceiver"] = ["Cybertemp.Mail", "Cybertemp.ServiceDefaults"],
        ["Cybertemp.Sync"] = ["Cybertemp.Mail", "Cybertemp.ServiceDefaults"],
        ["Cybertemp.Web"] = ["Cybertemp.Mail", "Cybertemp.ServiceDefaults"],
    };

    /// <summary>
    /// What each room may name beside itself. A project's own types may name all its rooms, and all rooms them.
    /// Constants leave no trace in an assembly.
    /// </summary>
    private static readonly Dictionary<string, string[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Cybertemp.AppHost.Servers"] = ["Cybertemp.ServiceDefaults.LocalStack"],
        ["Cybertemp.Cli.Commands"] =
        [
            "Cybertemp.Cli.Doctor", "Cybertemp.Cli.Explaining", "Cybertemp.Cli.Importing", "Cybertemp.Cli.Sending",
            "Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Inboxes", "Cybertemp.Mail.Schema",
            "Cybertemp.Mail.Webhooks",
        ],
        ["Cybertemp.Cli.Doctor"] = ["Cybertemp.Cli.Sending", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Schema"],
        ["Cybertemp.Cli.Explaining"] = ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Inboxes"],
        ["Cybertemp.Cli.Importing"] =
            ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Inboxes", "Cybertemp.Mail.Schema"],
        ["Cybertemp.Cli.Sending"] = [],
        ["Cybertemp.Mail.Addresses"] = [],
        ["Cybertemp.Mail.Announcements"] = [],
        ["Cybertemp.Mail.Clients"] = [],
        ["Cybertemp.Mail.Failover"] = [],
        ["Cybertemp.Mail.Filters"] = ["Cybertemp.Mail.Addresses"],
        ["Cybertemp.Mail.Inboxes"] = ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Schema"],
        ["Cybertemp.Mail.Mime"] = [],
        ["Cybertemp.Mail.Refusals"] = ["Cybertemp.Mail.Filters"],
        ["Cybertemp.Mail.Schema"] = [],
        ["Cybertemp.Mail.Webhooks"] = ["Cybertemp.Mail.Addresses"],
        ["Cybertemp.ServiceDefaults.Configuration"] = [],
        ["Cybertemp.ServiceDefaults.LocalStack"] = [],
        ["Cybertemp.SmtpReceiver.Announcing"] =
        [
            "Cybertemp.Mail.Announcements", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Refusals",
            "Cybertemp.SmtpReceiver.Commit", "Cybertemp.SmtpReceiver.Smtp",
        ],
        ["Cybertemp.SmtpReceiver.Commit"] =
        [
            "Cybertemp.Mail.Addresses", "Cybertemp.Mail.Announcements", "Cybertemp.Mail.Failover",
            "Cybertemp.Mail.Mime", "Cybertemp.Mail.Schema", "Cybertemp.SmtpReceiver.Storage",
        ],
        ["Cybertemp.SmtpReceiver.Filtering"] =
            ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters", "Cybertemp.SmtpReceiver.Smtp"],
        ["Cybertemp.SmtpReceiver.Heartbeat"] = [],
        ["Cybertemp.SmtpReceiver.Intake"] =
        [
            "Cybertemp.Mail.Addresses", "Cybertemp.Mail.Inboxes", "Cybertemp.Mail.Mime",
            "Cybertemp.SmtpReceiver.Commit", "Cybertemp.SmtpReceiver.Smtp",
        ],
        ["Cybertemp.SmtpReceiver.Smtp"] =
            ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Clients", "Cybertemp.Mail.Refusals"],
        ["Cybertemp.SmtpReceiver.Storage"] =
            ["Cybertemp.Mail.Failover", "Cybertemp.Mail.Inboxes", "Cybertemp.Mail.Schema"],
        ["Cybertemp.Sync.Publishing"] = ["Cybertemp.Mail.Filters", "Cybertemp.Sync.Sources"],
        ["Cybertemp.Sync.Sources"] = ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters"],
        ["Cybertemp.Web.Access"] =
        [
            "Cybertemp.Mail.Addresses", "Cybertemp.Mail.Clients", "Cybertemp.Mail.Inboxes", "Cybertemp.Mail.Schema",
            "Cybertemp.Web.Database", "Cybertemp.Web.Requests",
        ],
        ["Cybertemp.Web.Codes"] = [],
        ["Cybertemp.Web.Database"] = ["Cybertemp.Mail.Failover"],
        ["Cybertemp.Web.Dialects"] =
        [
            "Cybertemp.Mail.Addresses", "Cybertemp.Web.Access", "Cybertemp.Web.Domains", "Cybertemp.Web.Inboxes",
            "Cybertemp.Web.Live", "Cybertemp.Web.Messages", "Cybertemp.Web.Requests",
        ],
        ["Cybertemp.Web.Domains"] =
            ["Cybertemp.Mail.Addresses", "Cybertemp.Mail.Filters", "Cybertemp.Web.Database", "Cybertemp.Web.Requests"],
        ["Cybertemp.Web.Html"] = ["Cybertemp.Web.Codes"],
        ["Cybertemp.Web.Inboxes"] =
        [
            "Cybertemp.Mail.Addresses", "Cybertemp.Mail.Inboxes", "Cybertemp.Web.Access", "Cybertemp.Web.Domains",
            "Cybertemp.Web.Requests",
        ],
        ["Cybertemp.Web.Live"] =
        [
            "Cybertemp.Mail.Announcements", "Cybertemp.Mail.Filters", "Cybertemp.Web.Access", "Cybertemp.Web.Messages",
            "Cybertemp.Web.Requests",
        ],
        ["Cybertemp.Web.Messages"] =
        [
            "Cybertemp.Mail.Clients", "Cybertemp.Mail.Mime", "Cybertemp.Mail.Schema", "Cybertemp.Web.Access",
            "Cybertemp.Web.Codes", "Cybertemp.Web.Database", "Cybertemp.Web.Html", "Cybertemp.Web.Requests",
        ],
        ["Cybertemp.Web.Refusals"] =
            ["Cybertemp.Mail.Filters", "Cybertemp.Mail.Refusals", "Cybertemp.Web.Access", "Cybertemp.Web.Requests"],
        ["Cybertemp.Web.Requests"] = ["Cybertemp.Mail.Addresses"],
        ["Cybertemp.Web.Webhooks"] =
        [
            "Cybertemp.Mail.Clients", "Cybertemp.Mail.Webhooks", "Cybertemp.Web.Access", "Cybertemp.Web.Database",
            "Cybertemp.Web.Live", "Cybertemp.Web.Messages",
        ],
        ["Cybertemp.Web.WebInbox"] = ["Cybertemp.Web.Html"],
    };

    /// <summary>The rooms that may name a library; a project's own types register it.</summary>
    private static readonly Dictionary<string, string[]> Libraries = new(StringComparer.Ordinal)
    {
        ["AngleSharp"] = ["Cybertemp.Web.Html"],
        ["Ganss.Xss"] = ["Cybertemp.Web.Html"],
        ["Microsoft.AspNetCore"] =
        [
            "Cybertemp.ServiceDefaults.Configuration", "Cybertemp.SmtpReceiver.Smtp", "Cybertemp.Web.Access",
            "Cybertemp.Web.Dialects", "Cybertemp.Web.Domains", "Cybertemp.Web.Inboxes", "Cybertemp.Web.Live",
            "Cybertemp.Web.Messages", "Cybertemp.Web.Refusals",
            "Cybertemp.Web.Requests", "Cybertemp.Web.WebInbox",
        ],
        ["MimeKit"] = ["Cybertemp.Cli.Sending", "Cybertemp.Mail.Mime"],
        ["ModelContextProtocol"] = ["Cybertemp.Web.Dialects"],
        ["Npgsql"] =
        [
            "Cybertemp.AppHost.Servers", "Cybertemp.Cli.Commands", "Cybertemp.Cli.Doctor",
            "Cybertemp.Cli.Importing", "Cybertemp.Mail.Failover", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Inboxes",
            "Cybertemp.Mail.Schema", "Cybertemp.Mail.Webhooks",
            "Cybertemp.SmtpReceiver.Commit", "Cybertemp.SmtpReceiver.Storage", "Cybertemp.Sync.Sources",
            "Cybertemp.Web.Access", "Cybertemp.Web.Database", "Cybertemp.Web.Domains", "Cybertemp.Web.Live",
            "Cybertemp.Web.Messages", "Cybertemp.Web.Requests", "Cybertemp.Web.Webhooks",
        ],
        ["StackExchange.Redis"] =
        [
            "Cybertemp.Cli.Doctor", "Cybertemp.Mail.Filters", "Cybertemp.Mail.Refusals",
            "Cybertemp.SmtpReceiver.Announcing", "Cybertemp.SmtpReceiver.Filtering", "Cybertemp.Sync.Publishing",
        ],
        ["Supabase"] = ["Cybertemp.Sync.Sources"],
    };

    private static readonly Dictionary<string, int> LongFiles = new(StringComparer.Ordinal)
    {
        ["ArchitectureTests.cs"] = 330,
        ["MessageReaderTests.cs"] = 280,
        ["OneProcessTests.cs"] = 310,
        ["MirrorChainTests.cs"] = 270,
        ["SmtpTransport.cs"] = 280,
    };

    private static readonly ILookup<string, (Type From, Type To)> References = Projects.Keys
        .SelectMany(static p => TypeReferences.Read(Load(p)))
        .ToLookup(static r => Room(r.From), StringComparer.Ordinal);

    [Fact]
    public void A_project_references_only_the_projects_it_may()
    {
        var offences =
            from project in Projects
            from referenced in Load(project.Key).GetReferencedAssemblies()
            where IsWithin(referenced.Name, "Cybertemp") && !project.Value.Contains(referenced.Name)
            select $"{project.Key} references {referenced.Name}";
        Assert.Empty(offences);
    }

    /// <summary>Operators call theirs by another name.</summary>
    private static Assembly Load(string project) => Assembly.Load(project is "Cybertemp.Cli" ? "cybertemp" : project);

    [Fact]
    public void The_library_has_no_web_server() => Assert.DoesNotContain(
        Assembly.Load("Cybertemp.Mail").GetReferencedAssemblies(),
        static a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void A_room_names_only_the_rooms_it_may()
    {
        var offences =
            from room in Rooms
            from reference in References[room.Key]
            let named = Room(reference.To)
            where Rooms.ContainsKey(named) && named != room.Key && !room.Value.Contains(named)
                && !IsWithin(named, "Cybertemp.ServiceDefaults")
            select $"{reference.From} names {reference.To}";
        Assert.Empty(offences);
    }

    [Fact]
    public void A_library_is_named_only_where_it_belongs()
    {
        var offences =
            from library in Libraries
            from room in Rooms.Keys.Except(library.Value, StringComparer.Ordinal)
            from reference in References[room]
            where IsWithin(reference.To.Namespace, library.Key)
            select $"{reference.From} names {reference.To}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Each_room_has_a_rule_and_each_rule_a_room()
    {
        var rooms = References.Select(static r => r.Key)
            .Where(static r => IsWithin(r, "Cybertemp")).Except(Projects.Keys, StringComparer.Ordinal);
        Assert.Equal(rooms.Order(StringComparer.Ordinal), Rooms.Keys.Order(StringComparer.Ordinal));
        Assert.All(Libraries, static rule => Assert.All(
            rule.Value, room => Assert.Contains(References[room], r => IsWithin(r.To.Namespace, rule.Key))));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var offences =
            from file in Sources()
            let declared = Namespace().Match(File.ReadAllText(file)).Groups["name"].Value
            where IsWithin(declared, "Cybertemp")
                && declared != Path.GetDirectoryName(Path.GetRelativePath(Root, file))!.Replace('/', '.')
            select $"{Path.GetRelativePath(Root, file)} declares {declared}";
        Assert.Empty(offences);
    }

    [Fact]
    public void No_source_is_compiled_by_two_projects()
    {
        var offences =
            from file in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            from line in File.ReadLines(file)
            where line.Contains("Compile Include=\"..", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Root, file)}: {line.Trim()}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Product_code_has_no_conditional_compilation_and_does_not_know_the_subsets()
    {
        var offences =
            from file in Sources()
            where Projects.ContainsKey(Path.GetRelativePath(Root, file).Split('/')[0])
                && Forbidden().IsMatch(File.ReadAllText(file))
            select Path.GetRelativePath(Root, file);
        Assert.Empty(offences);
    }

    [Fact]
    public void No_folder_or_file_is_named_for_nothing()
    {
        var offences =
            from file in Sources()
            from part in Path.ChangeExtension(Path.GetRelativePath(Root, file), null).Split('/')
            where NothingName().IsMatch(part)
            select Path.GetRelativePath(Root, file);
        Assert.Empty(offences);
    }

    [Fact]
    public void A_file_has_at_most_250_lines_but_for_tables_and_lists()
    {
        var offences =
            from file in Sources().Concat(Sources("bundled"))
            let lines = File.ReadLines(file).Count()
            where lines > LongFiles.GetValueOrDefault(Path.GetFileName(file), 250)
            select $"{Path.GetRelativePath(Root, file)} has {lines}";
        Assert.Empty(offences);
    }

    /// <summary>The namespace of the first folder below the project, or the project's own.</summary>
    private static string Room(Type type) => string.Join('.', (type.Namespace ?? "").Split('.').Take(3));

    private static bool IsWithin(string? name, string parent) =>
        $"{name}.".StartsWith($"{parent}.", StringComparison.Ordinal);

    /// <summary>The files of C# in those projects.</summary>
    internal static IEnumerable<string> Sources(string projects = "Cybertemp.*") =>
        from project in Directory.GetDirectories(Root, projects)
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        where !((string[])["/obj/", "/bin/", "/node_modules/"]).Any(
            folder => file.Contains(folder, StringComparison.Ordinal))
        select file;

    [GeneratedRegex(@"(?m)^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"(?m)^\s*#(if|region|pragma)|bundled|\bTODO\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(
        "(Helper|Util|Manager|Common|Misc)s?$|^(Core|Services|Models|Shared)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NothingName();
}
