using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Bundled.MimeKit;

internal static class JsonComparison
{
    /// <summary>Reports each member that differs.</summary>
    public static void AssertEqual(JsonObject expected, JsonObject actual)
    {
        var differing = expected.Select(member => member.Key).Union(actual.Select(member => member.Key), StringComparer.Ordinal)
            .Where(key => !JsonNode.DeepEquals(expected[key], actual[key]))
            .Select(key => $"{key}: expected {Show(expected[key])} but is {Show(actual[key])}");
        Assert.Equal("", string.Join('\n', differing));
    }

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "null";
}
