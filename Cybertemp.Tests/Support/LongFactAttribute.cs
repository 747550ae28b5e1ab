using System.Runtime.CompilerServices;

namespace Cybertemp.Tests.Support;

/// <summary>A test that takes minutes: only <c>./test.sh --long</c> runs it.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!IsLongRun)
        {
            Skip = "Takes minutes: ./test.sh --long";
        }
    }

    public static bool IsLongRun { get; } = Environment.GetEnvironmentVariable("CYBERTEMP_TESTS") == "long";
}
