namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>Runs only when somebody wants new pictures: docs/images/make.sh.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScreenshotFactAttribute : FactAttribute
{
    public const string Variable = "CYBERTEMP_SCREENSHOTS";

    public ScreenshotFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Skip = $"Draws pictures when {Variable} names a directory.";
        }
    }
}
