using System.Globalization;
using Cybertemp.Benchmarks.Reporting;
using Cybertemp.Tests.Support;

namespace Cybertemp.Benchmarks.Fleet.Reporting;

/// <summary>What the measurement says: on the console as it goes, then on the page and in the picture.</summary>
/// <param name="options">What it was asked for.</param>
/// <param name="medians">One receiver with many sessions and with few, then two and three.</param>
/// <param name="storedBytes">On the disk, for a message.</param>
/// <param name="reads">Of lists.</param>
internal sealed class FleetReport(
    FleetOptions options, IReadOnlyList<FleetRound> medians, double storedBytes, FleetReads reads)
{
    public static void Progress(string round, FleetRound result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{round,5} receivers {result.Receivers} sessions {result.Sessions,3}"
            + $"{result.PerSecond,9:N0}/s  us/message: receivers {result.ReceiverMicroseconds,4:F0}  PostgreSQL "
            + $"{result.DatabaseMicroseconds,4:F0}  Redis {result.RedisMicroseconds,3:F0}  log "
            + $"{result.LogBytes,6:F0} B  commits {result.Commits:F3}  load {result.Load:F1}"));

    public async Task WriteAsync()
    {
        var model = FleetModel.Fit(medians[0], medians[1]);
        var costs = new FleetCosts(
            medians[0].ReceiverMicroseconds, medians[0].DatabaseMicroseconds, medians[0].RedisMicroseconds, reads.Web,
            reads.Database, medians[0].LogBytes, storedBytes, options.Bytes);
        var text = new FleetTable(options, medians, model, costs).ToString();
        Console.WriteLine();
        Console.WriteLine(text);
        if (options.Writes)
        {
            var docs = Path.Combine(Repository.Root, "docs");
            await PagePart.ReplaceAsync(Path.Combine(docs, "scaling.md"), "fleet", text);
            await File.WriteAllTextAsync(
                Path.Combine(docs, "images", "fleet.svg"), FleetChart.Draw(medians, model, costs));
        }
    }
}
