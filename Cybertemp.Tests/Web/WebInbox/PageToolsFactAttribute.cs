namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>Skipped where the tools of package.json could not be fetched, but not in CI.</summary>
public sealed class PageToolsFactAttribute : FactAttribute
{
    public PageToolsFactAttribute() => Skip = PageTools.Missing;
}
