namespace Cybertemp.Benchmarks.Fleet;

/// <summary>What there is one of in a fleet, however many receivers and webs it has.</summary>
internal enum FleetLimit
{
    DatabaseCores,
    Log,
    Disk,
    Redis,
}
