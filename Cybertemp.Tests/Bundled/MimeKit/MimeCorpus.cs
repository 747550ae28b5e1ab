using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Bundled.MimeKit;

/// <summary>Crafted messages and what MimeKit 4.17 itself says about each of them.</summary>
internal static class MimeCorpus
{
    private static readonly string Directory = Find();

    public static IEnumerable<string> Names => System.IO.Directory
        .EnumerateFiles(Path.Combine(Directory, "Corpus"), "*.eml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Directory, "Corpus", name));

    public static JsonArray Expected => Parse("expected.json").AsArray();

    public static JsonArray Units(string kind) => Parse("units.json")[kind]!.AsArray();

    private static JsonNode Parse(string name) => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Directory, name)),
        documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!;

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Cybertemp.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(directory, "Cybertemp.Tests", "Bundled", "MimeKit");
    }
}
