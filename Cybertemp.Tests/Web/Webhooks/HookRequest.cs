using System.Text.Json.Nodes;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>What a webhook was told.</summary>
internal sealed record HookRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}
