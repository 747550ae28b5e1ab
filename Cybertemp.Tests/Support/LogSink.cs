using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Support;

/// <summary>Takes everything that any logger writes.</summary>
internal abstract class LogSink : ILoggerProvider, ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Write(
            logLevel, eventId, state as IReadOnlyList<KeyValuePair<string, object?>> ?? [],
            $"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }

    /// <summary>Called from any thread.</summary>
    /// <param name="level">Of the event.</param>
    /// <param name="id">Of the event.</param>
    /// <param name="values">The template, as <c>{OriginalFormat}</c>, is the last.</param>
    /// <param name="text">With the exception written out.</param>
    protected abstract void Write(
        LogLevel level, EventId id, IReadOnlyList<KeyValuePair<string, object?>> values, string text);
}
