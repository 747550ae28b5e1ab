using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Benchmarks;

/// <summary>The program that was built with these tests.</summary>
internal static class BuiltBenchmarks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Fails with what it says when it does not hold. Where only the tests were built the test is skipped, but not in
    /// CI.
    /// </summary>
    public static Task HoldAsync(params string[] arguments)
    {
        var program = ServiceProcess.Executable("Cybertemp.Benchmarks");
        Assert.SkipUnless(
            File.Exists(program) || Environment.GetEnvironmentVariable("CI") is { Length: > 0 },
            "No benchmarks: dotnet build Cybertemp.sln");
        return ChildProcess.RunAsync(null, program, arguments).WaitAsync(Timeout);
    }
}
