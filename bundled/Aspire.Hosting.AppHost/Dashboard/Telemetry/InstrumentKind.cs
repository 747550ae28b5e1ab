namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>How the points of an instrument add up.</summary>
internal enum InstrumentKind
{
    /// <summary>The last value; several series are not summed.</summary>
    Gauge,

    /// <summary>The last value of a sum that also falls; several series are summed.</summary>
    UpDownCounter,

    /// <summary>A growing sum, of interest as a rate.</summary>
    Counter,

    /// <summary>A distribution, of interest as percentiles and as a rate.</summary>
    Histogram,
}
