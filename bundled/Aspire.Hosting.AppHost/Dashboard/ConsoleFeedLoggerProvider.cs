using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Shows the AppHost's own log among the consoles of its resources.</summary>
internal sealed class ConsoleFeedLoggerProvider(ConsoleFeed feed) : ILoggerProvider
{
    private const string AppHost = "AppHost";

    public ILogger CreateLogger(string categoryName) => new FeedLogger(feed, categoryName);

    public void Dispose()
    {
        // The feed belongs to the application.
    }

    private sealed class FeedLogger(ConsoleFeed feed, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            feed.Write(AppHost, $"{Label(logLevel)}: {category}", isError: false);
            var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}";
            foreach (var line in text.EnumerateLines())
            {
                feed.Write(AppHost, $"      {line}", isError: false);
            }
        }

        // The colours of the console's own formatter.
        private static string Label(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "\e[32minfo\e[39m",
            LogLevel.Warning => "\e[33mwarn\e[39m",
            LogLevel.Error => "\e[31mfail\e[39m",
            LogLevel.Critical => "\e[31;1mcrit\e[39;22m",
            LogLevel.None => "",
        };
    }
}
