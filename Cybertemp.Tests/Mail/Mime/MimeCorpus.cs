using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>
/// Crafted messages: those of the folder messages with what MimeKit says about each of them (and where the reader wins,
/// what he says), those of the folder human with what a careful reader says.
/// </summary>
internal static class MimeCorpus
{
    private static readonly string Directory = Find();

    public static IEnumerable<string> Names => System.IO.Directory
        .EnumerateFiles(Path.Combine(Directory, "messages"), "*.eml").Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Directory, "messages", name));

    public static byte[] ReadHuman(string slug) => File.ReadAllBytes(Path.Combine(Directory, "human", $"{slug}.eml"));

    public static JsonArray Expected => Parse("expected.json").AsArray();

    public static JsonNode Human => Parse("human/expected.json");

    public static JsonNode Whatwg => Parse("whatwg.json");

    public static JsonArray FromBans => Parse("human/from-bans.json").AsArray();

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

        return Path.Combine(directory, "Cybertemp.Tests", "Mail", "Mime", "Corpus");
    }
}
