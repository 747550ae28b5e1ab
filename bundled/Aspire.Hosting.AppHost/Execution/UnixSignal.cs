namespace Aspire.Hosting.Execution;

/// <summary>The signals we send, with their numbers on Linux.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
