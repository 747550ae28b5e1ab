namespace Aspire.Npgsql;

/// <summary>Bound from <c>Aspire:Npgsql</c>, then from <c>Aspire:Npgsql:&lt;connection name&gt;</c>.</summary>
public sealed class NpgsqlSettings
{
    /// <summary><c>ConnectionStrings:&lt;connection name&gt;</c> wins over the sections.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    public bool DisableMetrics { get; set; }
}
