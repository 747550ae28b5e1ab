using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Documentation;

/// <summary>What a logger is given.</summary>
/// <param name="Owner">The class that writes it, which is the last part of its category.</param>
/// <param name="Services">The programs that can write it.</param>
internal sealed record LogEvent(string Owner, string Services, LogLevel Level, EventId Id, string Template);
