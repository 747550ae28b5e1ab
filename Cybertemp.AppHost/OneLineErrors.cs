namespace Cybertemp.AppHost;

/// <summary>A stack that cannot be is one line on the standard error and exit code 78, not a stack trace.</summary>
internal static class OneLineErrors
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    private const int ConfigurationExitCode = 78;

    /// <summary>From now on, for this process; whoever catches the exception, as tests do, does not notice.</summary>
    public static void Install() => AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
    {
        if (unhandled.ExceptionObject is DistributedApplicationException ex)
        {
            Console.Error.WriteLine(ex.Message);
            Environment.Exit(ConfigurationExitCode);
        }
    };
}
