using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>The parts of statements about mail that the sources of the programs have as text.</summary>
internal static partial class SqlInSources
{
    private static readonly string[] Projects =
        ["Cybertemp.Mail", "Cybertemp.SmtpReceiver", "Cybertemp.Web", "Cybertemp.Cli", "Cybertemp.Sync"];

    /// <summary>With single spaces, without what is put in between.</summary>
    public static IEnumerable<string> Find() =>
        from file in ArchitectureTests.Sources()
        where Projects.Any(p => Path.GetRelativePath(Repository.Root, file).StartsWith(
            $"{p}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        from Match literal in Literal().Matches(File.ReadAllText(file))
        let text = Spaces().Replace(literal.Groups["text"].Value, " ").Trim()
        where Table().IsMatch(text)
        from part in Hole().Split(text)
        where Table().IsMatch(part)
        select part.Trim();

    [GeneratedRegex(
        "\"\"\"(?<text>.*?)\"\"\"|\"(?<text>([^\"\\\\\n]|\\\\.)*)\"",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex(
        @"\b(from|into|update|join) (emails|private_emails|held_emails|inbox|inbox_lease|private_email|inbox_hold)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
