namespace Cybertemp.Tests.Support;

/// <summary>What <c>.ci/install test</c> fetches beside the system's packages.</summary>
internal static class Fetched
{
    /// <summary>Skips the test where it could not be fetched; in CI the test goes on, and fails.</summary>
    public static void OrSkip(string path) => Assert.SkipUnless(
        Path.Exists(path) || Environment.GetEnvironmentVariable("CI") is { Length: > 0 },
        $"No {Path.GetFileName(path)}: .ci/install test");
}
