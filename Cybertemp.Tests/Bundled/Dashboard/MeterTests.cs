using Aspire.Hosting.Dashboard.Telemetry;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class MeterTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_795_000_000 * Second;
    private static readonly TelemetryResource Sender = new("mailer", "abcdefgh");
    private static readonly double[] Bounds = [1, 2, 4];

    [Fact]
    public void A_counter_shows_as_its_rate()
    {
        var store = Fill(InstrumentKind.Counter, 30, static second => new(second * 10));

        Assert.All(Read(store, InstrumentKind.Counter, 5, 20).Values, static rate => Assert.Equal(10, rate!.Value, 6));
    }

    [Fact]
    public void The_first_event_of_a_counter_is_in_its_rate()
    {
        var store = new MeterStore(new());
        store.Add([Reading(InstrumentKind.Gauge, "other", 0, new(1))]);
        store.Add([Reading(InstrumentKind.Counter, "c", 1, new(5)), Reading(InstrumentKind.Gauge, "other", 1, new(1))]);

        Assert.Equal([5, 0], Read(store, InstrumentKind.Counter, 0, 2).Values);
        Assert.Equal(0.5, Assert.Single(Read(store, InstrumentKind.Counter, -5, 1, stepSeconds: 10).Values));
    }

    [Fact]
    public void A_restarted_counter_gives_no_negative_rate()
    {
        var store = Fill(InstrumentKind.Counter, 20, static second => new(second < 10 ? 1000 + second : second - 10));

        Assert.All(Read(store, InstrumentKind.Counter, 1, 17).Values, static rate => Assert.InRange(rate!.Value, 0, 1));
    }

    [Fact]
    public void Deltas_add_up()
    {
        var store = new MeterStore(new());
        for (var second = 0; second < 20; second++)
        {
            store.Add([Reading(InstrumentKind.Counter, "c", second, new(3)) with { IsDelta = true }]);
        }

        Assert.All(Read(store, InstrumentKind.Counter, 2, 15).Values, static rate => Assert.Equal(3, rate!.Value, 6));
    }

    [Fact]
    public void Percentiles_are_of_what_came_in_each_step()
    {
        // Each second 98 values under 1 and two between 2 and 4.
        var store = Fill(InstrumentKind.Histogram, 10, static second =>
            new(100 * second, new Distribution(100 * second, 0, Bounds, [98 * second, 0, 2 * second, 0])));
        var group = Read(store, InstrumentKind.Histogram, 2, 5);

        Assert.All(group.Values, static rate => Assert.Equal(100, rate!.Value, 6));
        Assert.All(group.Quantiles(0.5), static p50 => Assert.Equal(50 / 98.0, p50!.Value, 6));
        Assert.All(group.Quantiles(0.99), static p99 => Assert.Equal(3, p99!.Value, 6));
    }

    [Fact]
    public void A_step_without_values_has_no_percentile()
    {
        var store = Fill(InstrumentKind.Histogram, 10, static _ => new(100, new Distribution(100, 0, Bounds, [100, 0, 0, 0])));

        Assert.All(Read(store, InstrumentKind.Histogram, 2, 5).Quantiles(0.5), static p50 => Assert.Null(p50));
    }

    [Fact]
    public void Values_above_all_bounds_count_as_the_last_bound()
    {
        Assert.Equal(4, new Distribution(1, 9, Bounds, [0, 0, 0, 1]).Quantile(0.5));
    }

    [Fact]
    public void A_gauge_ends_when_its_sender_is_gone()
    {
        var store = Fill(InstrumentKind.Gauge, 10, static second => new(second));
        var values = Read(store, InstrumentKind.Gauge, 5, 20).Values;

        Assert.Equal(6, values[0]);
        Assert.Null(values[^1]);
    }

    [Fact]
    public void A_flat_series_costs_two_points()
    {
        var store = Fill(InstrumentKind.Gauge, 1000, static _ => new(7));

        Assert.Equal(2, store.Points);
        Assert.All(Read(store, InstrumentKind.Gauge, 100, 20).Values, static value => Assert.Equal(7, value));
    }

    [Fact]
    public void Points_are_bounded_and_the_newest_stay_exact()
    {
        var store = new MeterStore(new() { MeterPoints = 1_000 });
        for (var second = 0; second < 3_000; second++)
        {
            store.Add([.. Enumerable.Range(0, 10).Select(i => Reading(InstrumentKind.Counter, $"c{i}", second, new((long)second * second)))]);
        }

        Assert.InRange(store.Points, 500, 1_000);
        Assert.All(store.Find("c3"), static s => Assert.Equal([2999L * 2999, 2998L * 2998], s.Points[^2..].Select(static p => (long)p.Value).Reverse()));
        Assert.True(store.Find("c3")[0].Points[0].Time <= Start + (100 * Second), "the beginning is still in sight");
    }

    [Fact]
    public void Points_leave_after_an_hour()
    {
        var store = Fill(InstrumentKind.Counter, 2 * 3600, static second => new(second));

        Assert.InRange(store.Points, 3_600, 3_602);
    }

    [Fact]
    public void Series_are_bounded_and_silent_ones_make_room()
    {
        var store = new MeterStore(new() { Series = 3 });
        store.Add([.. Enumerable.Range(0, 5).Select(static i => Reading(InstrumentKind.Gauge, $"old{i}", 0, new(1)))]);
        Assert.Equal(3, store.List().Count);

        store.Add([Reading(InstrumentKind.Gauge, "new", 600, new(1))]);

        Assert.Equal(["new"], store.List().Select(static s => s.Instrument.Name), StringComparer.Ordinal);
    }

    private static MeterStore Fill(InstrumentKind kind, int seconds, Func<long, State> state)
    {
        var store = new MeterStore(new());
        for (var second = 0; second < seconds; second++)
        {
            store.Add([Reading(kind, "c", second, state(second))]);
        }

        return store;
    }

    private static MeterReading Reading(InstrumentKind kind, string name, long second, State state) => new(
        Sender, new("Meter", name, "", "", kind), [], new(Start + (second * Second), state.Value, state.Distribution), Start, IsDelta: false);

    private static MeterGroup Read(MeterStore store, InstrumentKind kind, long from, int steps, int stepSeconds = 1)
    {
        var group = new MeterGroup(kind, new(Start + (from * Second), stepSeconds * Second, steps));
        foreach (var (series, points) in store.Find("c"))
        {
            group.Add(series, points);
        }

        return group;
    }

    private sealed record State(double Value, Distribution? Distribution = null);
}
