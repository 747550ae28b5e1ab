namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>A console line and its place among all lines, from 1.</summary>
internal readonly record struct StoredLine(long Id, ConsoleLine Line);
