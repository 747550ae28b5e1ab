using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>What <c>.ci/install test</c> fetches to look at the page with.</summary>
internal static class PageTools
{
    private static readonly string Packages = Path.Combine(
        Repository.Root, "Cybertemp.Tests", "Web", "WebInbox", "Tools", "node_modules");

    public static string Axe { get; } = Path.Combine(Packages, "axe-core", "axe.min.js");

    public static string QrReader { get; } = Path.Combine(Packages, "jsqr", "dist", "jsQR.js");

    public static Task<string> ReadAsync(string tool)
    {
        Fetched.OrSkip(tool);
        return File.ReadAllTextAsync(tool);
    }
}
