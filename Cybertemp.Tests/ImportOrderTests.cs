using Cybertemp.Tests.Support;

namespace Cybertemp.Tests;

/// <summary>What <c>dotnet format</c> wants and no build says: imports in order, those of System first.</summary>
public sealed class ImportOrderTests
{
    [Fact]
    public void Imports_are_in_order()
    {
        var wrong =
            from file in ArchitectureTests.Sources()
            let names = Imports(file)
            where !names.SequenceEqual(names.Order(Comparer<string>.Create(Compare)), StringComparer.Ordinal)
            select Path.GetRelativePath(Repository.Root, file);
        Assert.Empty(wrong);
    }

    /// <summary>Without those of static members and other names, which come after.</summary>
    private static List<string> Imports(string file) =>
    [
        .. File.ReadLines(file).TakeWhile(static l => !l.StartsWith("namespace ", StringComparison.Ordinal))
            .Where(static l => l.StartsWith("using ", StringComparison.Ordinal) && l.EndsWith(';')
                && !l.StartsWith("using static ", StringComparison.Ordinal) && !l.Contains('=') && !l.Contains('('))
            .Select(static l => l["using ".Length..^1]),
    ];

    private static int Compare(string left, string right) => string.CompareOrdinal(Key(left), Key(right));

    private static string Key(string name)
    {
        var key = name.ToUpperInvariant().Replace('.', '\0');
        return key is "SYSTEM" || key.StartsWith("SYSTEM\0", StringComparison.Ordinal) ? $"\0{key}" : key;
    }
}
