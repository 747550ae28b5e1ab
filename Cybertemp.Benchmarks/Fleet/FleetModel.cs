namespace Cybertemp.Benchmarks.Fleet;

/// <summary>
/// A message costs each process what it takes by itself, and its share of a commit. Both are found with one receiver
/// that has many sessions and one that has few; more receivers cost only more commits a message. In processor time,
/// since receivers that share a machine have the same rate together as one alone.
/// </summary>
/// <param name="ReceiverMessage">Microseconds of a receiver for a message.</param>
/// <param name="ReceiverCommit">Microseconds of a receiver for a commit.</param>
/// <param name="DatabaseMessage">Microseconds of PostgreSQL for a message.</param>
/// <param name="DatabaseCommit">Microseconds of PostgreSQL for a commit.</param>
internal sealed record FleetModel(
    double ReceiverMessage, double ReceiverCommit, double DatabaseMessage, double DatabaseCommit)
{
    /// <summary>From two rounds of one receiver whose batches differ in size.</summary>
    public static FleetModel Fit(FleetRound many, FleetRound few)
    {
        var (receiverMessage, receiverCommit) = Line(
            (many.Commits, many.ReceiverMicroseconds), (few.Commits, few.ReceiverMicroseconds));
        var (databaseMessage, databaseCommit) = Line(
            (many.Commits, many.DatabaseMicroseconds), (few.Commits, few.DatabaseMicroseconds));
        return new FleetModel(receiverMessage, receiverCommit, databaseMessage, databaseCommit);
    }

    /// <summary>Microseconds of all receivers together.</summary>
    /// <param name="commits">For one message.</param>
    public double ReceiverOf(double commits) => ReceiverMessage + (ReceiverCommit * commits);

    /// <summary>Microseconds of PostgreSQL.</summary>
    /// <param name="commits">For one message.</param>
    public double DatabaseOf(double commits) => DatabaseMessage + (DatabaseCommit * commits);

    private static (double Base, double Slope) Line((double X, double Y) one, (double X, double Y) other)
    {
        var slope = Math.Max(0, (other.Y - one.Y) / (other.X - one.X));
        return (one.Y - (slope * one.X), slope);
    }
}
