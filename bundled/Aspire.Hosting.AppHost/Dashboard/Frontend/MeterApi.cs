using Aspire.Hosting.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>The instruments that have sent points, and their values over the last minutes.</summary>
internal static class MeterApi
{
    private const int MaxQueries = 32;
    private const int MaxGroups = 24;
    private const string ByResource = "@resource";

    public static void Map(WebApplication app, DashboardState state)
    {
        app.MapGet("/api/meters", () => Results.Json(List(state.Meters)));
        app.MapGet("/api/meters/data", (HttpContext context, double? minutes) =>
        {
            var window = TimeSpan.FromMinutes(Math.Clamp(minutes ?? 5, 1, 60));
            var bins = TimeBins.Ending(state.Time.GetUtcNow(), window);
            var resource = context.Request.Query["resource"].ToString();
            return Results.Json(new
            {
                Start = bins.Start / 1_000_000,
                Step = bins.Step / 1_000_000,
                bins.Count,
                Charts = context.Request.Query["q"].Take(MaxQueries).Select(q => Read(state.Meters, q ?? "", resource, bins)),
            });
        });
    }

    private static IEnumerable<object> List(MeterStore store) => store.List()
        .GroupBy(static s => (s.Instrument.Meter, s.Instrument.Name))
        .OrderBy(static g => g.Key)
        .Select(static g => new
        {
            g.Key.Meter,
            g.Key.Name,
            g.First().Instrument.Unit,
            g.First().Instrument.Description,
            Kind = g.First().Instrument.Kind.ToString(),
            Series = g.Count(),
            Resources = g.Select(static s => s.Resource.Name).Distinct(StringComparer.Ordinal),
            Attributes = g.SelectMany(static s => s.Attributes).Select(static a => a.Key).Distinct(StringComparer.Ordinal),
        });

    // A query is the instrument's name, and after a comma the attribute to tell its series apart by.
    private static object? Read(MeterStore store, string query, string resource, TimeBins bins)
    {
        var comma = query.IndexOf(',', StringComparison.Ordinal);
        var (name, by) = comma < 0 ? (query, "") : (query[..comma], query[(comma + 1)..]);
        var series = store.Find(name).Where(s => s.Series.Resource.Matches(resource)).ToList();
        if (series.Count == 0)
        {
            return null;
        }

        var instrument = series[0].Series.Instrument;
        return new
        {
            instrument.Name,
            instrument.Unit,
            instrument.Description,
            Kind = instrument.Kind.ToString(),
            Groups = series
                .GroupBy(s => Label(s.Series, by), StringComparer.Ordinal)
                .OrderBy(static g => g.Key, StringComparer.Ordinal)
                .Take(MaxGroups)
                .Select(g => Group(g.Key, instrument.Kind, g, bins)),
        };
    }

    private static object Group(string label, InstrumentKind kind, IEnumerable<(Series Series, MeterPoint[] Points)> members, TimeBins bins)
    {
        var group = new MeterGroup(kind, bins);
        foreach (var (series, points) in members)
        {
            group.Add(series, points);
        }

        return new
        {
            Label = label,
            group.Values,
            P50 = group.Quantiles(0.50),
            P90 = group.Quantiles(0.90),
            P99 = group.Quantiles(0.99),
            Mean = group.Means(),
        };
    }

    private static string Label(Series series, string by) => by switch
    {
        "" => "",
        ByResource => series.Resource.Name,
        _ => series.Attributes.FirstOrDefault(a => a.Key == by).Value ?? "",
    };
}
