using System.Text.RegularExpressions;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests;

/// <summary>Two files fit side by side: max_line_length of .editorconfig, which no analyzer reads.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxLength = 120;
    private const string RawQuotes = "\"\"\"";

    [Fact]
    public void A_line_has_at_most_120_characters_but_for_text_that_stays_whole()
    {
        var offences =
            from file in ArchitectureTests.Sources()
            let path = Path.GetRelativePath(Repository.Root, file)
            from line in Code(file)
            where line.Text.Length > MaxLength && !LongLiteral().IsMatch(line.Text)
            select $"{path}:{line.Number} has {line.Text.Length}";
        Assert.Empty(offences);
    }

    /// <summary>The lines that are not within a raw string literal, where a line end is part of the value.</summary>
    private static IEnumerable<(int Number, string Text)> Code(string file)
    {
        var isWithin = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            var turns = line.Split(RawQuotes).Length % 2 == 0;
            if (!isWithin || turns)
            {
                yield return (index + 1, line);
            }

            isWithin ^= turns;
        }
    }

    /// <summary>Most of the line is one string literal.</summary>
    [GeneratedRegex(
        @"^([^""]|""([^""\\]|\\.)*"")*?""([^""\\]|\\.){101,}""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongLiteral();
}
