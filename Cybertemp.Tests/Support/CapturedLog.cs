using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Support;

/// <summary>Every line logged, with exceptions written out.</summary>
internal sealed class CapturedLog : LogSink
{
    public ConcurrentQueue<string> Lines { get; } = [];

    protected override void Write(
        LogLevel level, EventId id, IReadOnlyList<KeyValuePair<string, object?>> values, string text) =>
        Lines.Enqueue($"{level} {text}");
}
