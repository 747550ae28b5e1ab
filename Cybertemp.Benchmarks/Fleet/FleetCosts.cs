namespace Cybertemp.Benchmarks.Fleet;

/// <summary>What one message costs, each process for itself.</summary>
/// <param name="Receiver">Microseconds of a core.</param>
/// <param name="Database">Microseconds of a core, for storing it.</param>
/// <param name="Redis">Microseconds of a core.</param>
/// <param name="Web">Microseconds of a core, for reading a list once.</param>
/// <param name="DatabaseOfRead">Microseconds of a core, for reading a list once.</param>
/// <param name="LogBytes">Written ahead.</param>
/// <param name="StoredBytes">On the disk, with indexes.</param>
/// <param name="Bytes">Of the mail.</param>
internal sealed record FleetCosts(
    double Receiver, double Database, double Redis, double Web, double DatabaseOfRead, double LogBytes,
    double StoredBytes, int Bytes);
