namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>How far each store has come.</summary>
internal sealed record LiveVersions(long Resources, long Console, long Logs, long Traces, long Meters)
{
    public static LiveVersions Of(DashboardState state) => new(
        state.ResourcesVersion, state.Console.LastId, state.Logs.LastId, state.Traces.Version, state.Meters.Version);
}
