namespace Cybertemp.Benchmarks.Reporting;

/// <summary>The part of a page of <c>docs/</c> that a benchmark writes, between two comments that name it.</summary>
internal static class PagePart
{
    /// <summary>Replaces what is between them.</summary>
    /// <param name="path">Of the page.</param>
    /// <param name="benchmark">Whose part.</param>
    /// <param name="text">Ends with a line end.</param>
    /// <exception cref="InvalidOperationException">The page has no such part.</exception>
    public static async Task ReplaceAsync(string path, string benchmark, string text)
    {
        var (first, last) = ($"<!-- written by: {benchmark} -->", $"<!-- end of: {benchmark} -->");
        var page = await File.ReadAllTextAsync(path);
        var begin = page.IndexOf(first, StringComparison.Ordinal);
        var end = page.IndexOf(last, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} must have the lines '{first}' and '{last}'");
        }

        await File.WriteAllTextAsync(path, $"{page[..(begin + first.Length)]}\n{text}{page[end..]}");
    }
}
