namespace Aspire.StackExchange.Redis;

/// <summary>Bound from <c>Aspire:StackExchange:Redis</c>, then from <c>Aspire:StackExchange:Redis:&lt;connection name&gt;</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary><c>ConnectionStrings:&lt;connection name&gt;</c> wins over the sections.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }
}
