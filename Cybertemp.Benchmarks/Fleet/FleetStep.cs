namespace Cybertemp.Benchmarks.Fleet;

/// <summary>A load, and what of it one PostgreSQL and its disk would have to bear.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="PerSecond">Messages, the mean.</param>
internal sealed record FleetStep(string Name, double PerSecond)
{
    /// <summary>The busiest hour has so many times the mean.</summary>
    public const double Peak = 3;

    /// <summary>How often a list is read for each mail: a page that was open, and one that opens.</summary>
    public const double ReadsPerMail = 2;

    /// <summary>Days that mail is kept: the default of Storage:Retention.</summary>
    public const double DaysKept = 7;

    /// <summary>What a large PostgreSQL has. An assumption, and the only one about machines.</summary>
    public const double Cores = 32;

    public const double LogBytesPerSecond = 200e6;

    public const double DiskBytes = 8e12;

    /// <summary>What one Redis bears, of its one thread.</summary>
    public const double RedisCores = 1;

    public static IReadOnlyList<FleetStep> All { get; } =
    [
        new("a million a day", 1e6 / 86_400),
        new("a million an hour", 1e6 / 3_600),
        new("10 million an hour", 1e7 / 3_600),
        new("a billion a day", 1e9 / 86_400),
    ];

    public double AtPeak => PerSecond * Peak;

    public double ReceiverCores(FleetCosts costs) => AtPeak * costs.Receiver / 1e6;

    public double WebCores(FleetCosts costs) => AtPeak * ReadsPerMail * costs.Web / 1e6;

    public double DatabaseCores(FleetCosts costs) => AtPeak * costs.Database / 1e6;

    /// <summary>Of the primary, or of replicas.</summary>
    public double DatabaseCoresOfReads(FleetCosts costs) => AtPeak * ReadsPerMail * costs.DatabaseOfRead / 1e6;

    public double RedisCoresUsed(FleetCosts costs) => AtPeak * costs.Redis / 1e6;

    public double LogBytesASecond(FleetCosts costs) => AtPeak * costs.LogBytes;

    public double DiskBytesADay(FleetCosts costs) => PerSecond * 86_400 * costs.StoredBytes;

    /// <summary>How much of what one of it has is used, the fullest first.</summary>
    public IReadOnlyList<(FleetLimit Limit, double Share)> Shares(FleetCosts costs) =>
    [
        .. ((FleetLimit Limit, double Share)[])
        [
            (FleetLimit.DatabaseCores, (DatabaseCores(costs) + DatabaseCoresOfReads(costs)) / Cores),
            (FleetLimit.Log, LogBytesASecond(costs) / LogBytesPerSecond),
            (FleetLimit.Disk, DiskBytesADay(costs) * DaysKept / DiskBytes),
            (FleetLimit.Redis, RedisCoresUsed(costs) / RedisCores),
        ],
    ];
}
