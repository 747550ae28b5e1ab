namespace Cybertemp.Tests.Web.Dialects.Clients;

/// <summary>Skipped where the clients of package.json could not be fetched, but not in CI.</summary>
public sealed class NodeClientFactAttribute : FactAttribute
{
    public NodeClientFactAttribute() => Skip = NodeClient.Missing;
}
