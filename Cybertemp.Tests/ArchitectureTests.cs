using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests;

/// <summary>Who may name whom: the import rules of docs/architecture.md, read from the source.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Root = Repository.Root;

    private static readonly Dictionary<string, string[]> AllowedFolders = new(StringComparer.Ordinal)
    {
        ["Smtp"] = [],
        ["Mime"] = [],
        ["Storage"] = [],
        ["Filtering"] = ["Smtp"],
        ["Intake"] = ["Smtp", "Mime", "Storage"],
    };

    private static readonly Dictionary<string, string[]> Owners = new(StringComparer.Ordinal)
    {
        ["Npgsql"] = ["Storage", "Sources"],
        ["StackExchange.Redis"] = ["Filtering", "Mirror", "Publishing"],
        ["Microsoft.AspNetCore.Connections"] = ["Smtp"],
        ["MimeKit"] = ["Mime"],
        ["AngleSharp"] = ["Mime"],
        ["Supabase"] = ["Sources"],
    };

    [Fact]
    public void A_receiver_folder_names_only_the_folders_it_may()
    {
        var offences =
            from file in Sources("Cybertemp.SmtpReceiver")
            let folder = Folder(file)
            where AllowedFolders.ContainsKey(folder)
            from Match match in FolderName().Matches(File.ReadAllText(file))
            let named = match.Groups["folder"].Value
            where named != folder && !AllowedFolders[folder].Contains(named)
            select $"{Path.GetRelativePath(Root, file)} names {named}";
        Assert.Empty(offences);
    }

    [Fact]
    public void A_library_is_named_only_where_it_belongs()
    {
        var offences =
            from file in Sources("Cybertemp.SmtpReceiver").Concat(Sources("Cybertemp.Sync"))
            where Folder(file).Length > 0
            from owner in Owners
            where File.ReadLines(file).Any(line => line.StartsWith($"using {owner.Key}", StringComparison.Ordinal))
                && !owner.Value.Contains(Folder(file))
            select $"{Path.GetRelativePath(Root, file)} uses {owner.Key}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Product_code_has_no_conditional_compilation_and_does_not_know_the_subsets()
    {
        var offences =
            from project in (string[])["Cybertemp.AppHost", "Cybertemp.ServiceDefaults", "Cybertemp.SmtpReceiver", "Cybertemp.Sync"]
            from file in Sources(project).Append(Path.Combine(Root, project, $"{project}.csproj"))
            where Forbidden().IsMatch(File.ReadAllText(file))
            select Path.GetRelativePath(Root, file);
        Assert.Empty(offences);
    }

    [Fact]
    public void No_folder_or_file_is_named_for_nothing()
    {
        var offences =
            from project in Directory.GetDirectories(Root, "Cybertemp.*")
            from file in Sources(Path.GetFileName(project))
            from part in Path.ChangeExtension(Path.GetRelativePath(project, file), null).Split('/')
            where NothingName().IsMatch(part)
            select Path.GetRelativePath(Root, file);
        Assert.Empty(offences);
    }

    [Fact]
    public void A_file_has_at_most_300_lines()
    {
        var offences =
            from project in Directory.GetDirectories(Root, "Cybertemp.*").Concat(Directory.GetDirectories(Path.Combine(Root, "bundled")))
            from file in Sources(Path.GetRelativePath(Root, project))
            where File.ReadLines(file).Count() > 300
            select Path.GetRelativePath(Root, file);
        Assert.Empty(offences);
    }

    [Fact]
    public void Each_rule_names_folders_that_exist() =>
        Assert.All(AllowedFolders.Keys, folder => Assert.True(Directory.Exists(Path.Combine(Root, "Cybertemp.SmtpReceiver", folder)), folder));

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>The first folder below the project; "" for a file beside Program.cs.</summary>
    private static string Folder(string file) =>
        Path.GetRelativePath(Root, file).Split('/') is [_, var folder, _, ..] ? folder : "";

    [GeneratedRegex(@"Cybertemp\.SmtpReceiver\.(?<folder>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();

    [GeneratedRegex(@"(?m)^\s*#(if|region|pragma)|bundled|\bTODO\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex("(Helper|Util|Manager|Common|Misc)s?$|^(Core|Services|Models|Shared)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NothingName();
}
