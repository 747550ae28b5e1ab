namespace Cybertemp.Tests.Smtp;

/// <summary>
/// Runs what wakes a session without the test runner's synchronisation context, which the session would post its
/// continuations to: when the call returns, the session waits again.
/// </summary>
internal static class Inline
{
    public static void Run(Action action) => Run<object?>(() =>
    {
        action();
        return null;
    });

    public static T Run<T>(Func<T> function)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return function();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
