using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>The examples of docs/testing.md that a comment before them names.</summary>
internal static partial class PageExamples
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "testing.md"));

    /// <summary>The text between the fences.</summary>
    public static string Find(string name)
    {
        var example = Example().Matches(Page).Single(m => m.Groups["name"].Value == name);
        return example.Groups["text"].Value;
    }

    [GeneratedRegex(
        @"<!-- run: (?<name>[\w-]+) -->\n```\w+\n(?<text>.*?)\n```\n",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
