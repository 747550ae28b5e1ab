using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>The examples of a page that a comment before them names.</summary>
internal static partial class PageExamples
{
    /// <summary>The text between the fences.</summary>
    public static string Find(string name, string page = "testing.md")
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        var example = Example().Matches(text).Single(m => m.Groups["name"].Value == name);
        return example.Groups["text"].Value;
    }

    [GeneratedRegex(
        @"<!-- run: (?<name>[\w-]+) -->\n```\w+\n(?<text>.*?)\n```\n",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
