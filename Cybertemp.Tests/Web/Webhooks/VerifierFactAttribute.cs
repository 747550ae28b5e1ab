using Cybertemp.Tests.Smtp.Clients;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Webhooks;

/// <summary>Skipped where the library of Standard Webhooks could not be fetched, but not in CI.</summary>
public sealed class VerifierFactAttribute : FactAttribute
{
    public VerifierFactAttribute() => Skip =
        Directory.Exists(Path.Combine(Path.GetDirectoryName(Script)!, "node_modules", "standardwebhooks"))
            || ClientPrograms.IsRequired
            ? null
            : "No standardwebhooks: .ci/install test";

    public static string Script { get; } = Path.Combine(
        Repository.Root, "Cybertemp.Tests", "Web", "Webhooks", "Verifier", "verify.mjs");
}
