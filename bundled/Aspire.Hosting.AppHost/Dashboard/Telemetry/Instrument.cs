namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>An instrument of a meter, as its exporter describes it.</summary>
internal sealed record Instrument(string Meter, string Name, string Unit, string Description, InstrumentKind Kind);
