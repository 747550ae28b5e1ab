namespace Cybertemp.Tests.Support;

/// <summary>A test that takes minutes: only <c>./test.sh --long</c> runs it.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (!IsLongRun)
        {
            Skip = "Takes minutes: ./test.sh --long";
        }
    }

    public static bool IsLongRun { get; } = Environment.GetEnvironmentVariable("CYBERTEMP_TESTS") == "long";
}
