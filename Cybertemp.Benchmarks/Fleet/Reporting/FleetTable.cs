using System.Globalization;
using System.Text;

namespace Cybertemp.Benchmarks.Fleet.Reporting;

/// <summary>The results in Markdown.</summary>
internal sealed class FleetTable(
    FleetOptions options, IReadOnlyList<FleetRound> medians, FleetModel model, FleetCosts costs)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        _text.Append(Culture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors ")
            .Append("that all processes and the load generator share, ")
            .Append(Culture, $"{options.Rounds} rounds of {options.Round.TotalSeconds:0} s each in turn, mails of ")
            .Append(Culture, $"{options.Bytes:N0} bytes, pipelined, to 100,000 inboxes, half of them new; medians. ")
            .Append(Culture, $"Load average of the machine: {medians.Min(static m => m.Load):F0} to ")
            .Append(Culture, $"{medians.Max(static m => m.Load):F0}.\n\n");
        AppendMeasured();
        AppendModel();
        AppendSteps();
        return _text.ToString();
    }

    private void AppendMeasured()
    {
        _text.Append("| receivers | sessions | messages/s | messages a commit | receivers, µs a message: measured, ")
            .Append("model, error | PostgreSQL: measured, model, error | Redis | log, bytes |\n")
            .Append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var (index, round) in medians.Index())
        {
            var (receiver, database) = (model.ReceiverOf(round.Commits), model.DatabaseOf(round.Commits));
            _text.Append(Culture, $"| {round.Receivers} | {round.Sessions} | {round.PerSecond:N0} ")
                .Append(Culture, $"| {1 / round.Commits:F1} ")
                .Append(Culture, $"| {Compare(round.ReceiverMicroseconds, receiver, isFitted: index < 2)} ")
                .Append(Culture, $"| {Compare(round.DatabaseMicroseconds, database, isFitted: index < 2)} ")
                .Append(Culture, $"| {round.RedisMicroseconds:F0} | {round.LogBytes:N0} |\n");
        }
    }

    private static string Compare(double measured, double modelled, bool isFitted) => isFitted
        ? string.Create(Culture, $"{measured:F0}, fitted")
        : string.Create(Culture, $"{measured:F0}, {modelled:F0}, {(modelled / measured) - 1:+0 %;-0 %;0 %}");

    private void AppendModel() => _text.Append("\nThe model: a message costs receivers ")
        .Append(Culture, $"{model.ReceiverMessage:F0} µs and {model.ReceiverCommit:F0} µs a commit, PostgreSQL ")
        .Append(Culture, $"{model.DatabaseMessage:F0} µs and {model.DatabaseCommit:F0} µs a commit. Reading a list of ")
        .Append(Culture, $"an inbox costs the web {costs.Web:F0} µs and PostgreSQL {costs.DatabaseOfRead:F0} µs. ")
        .Append(Culture, $"A mail is {costs.StoredBytes:N0} bytes on the disk, with indexes.\n");

    private void AppendSteps()
    {
        _text.Append(Culture, $"\nA list is read {FleetStep.ReadsPerMail:0} times for each mail, mail is kept ")
            .Append(Culture, $"{FleetStep.DaysKept:0} days.\n\n| load | a second: mean, peak x {FleetStep.Peak:0} ")
            .Append("| receivers, cores | web, cores | PostgreSQL, cores: writes + reads ")
            .Append("| Redis, cores | log, MB/s | disk: a day, ")
            .Append(Culture, $"{FleetStep.DaysKept:0} days | the bottleneck, of one |\n")
            .Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var step in FleetStep.All)
        {
            _text.Append(Culture, $"| {step.Name} | {step.PerSecond:N0}, {step.AtPeak:N0} ")
                .Append(Culture, $"| {step.ReceiverCores(costs):0.0##} | {step.WebCores(costs):0.0##} ")
                .Append(Culture, $"| {step.DatabaseCores(costs):0.0##} + {step.DatabaseCoresOfReads(costs):0.0##} ")
                .Append(Culture, $"| {step.RedisCoresUsed(costs):0.0##} ")
                .Append(Culture, $"| {step.LogBytesASecond(costs) / 1e6:0.#} ")
                .Append(Culture, $"| {Bytes(step.DiskBytesADay(costs))}, ")
                .Append(Culture, $"{Bytes(step.DiskBytesADay(costs) * FleetStep.DaysKept)} | {Bottleneck(step)} |\n");
        }
    }

    /// <summary>All that is too much for one, or what comes next to it.</summary>
    private string Bottleneck(FleetStep step)
    {
        var shares = step.Shares(costs).OrderByDescending(static s => s.Share).ToList();
        var named = Math.Max(1, shares.Count(static s => s.Share > 1));
        return string.Join(", ", shares.Take(named).Select(
            static s => string.Create(Culture, $"{NameOf(s.Limit)} {s.Share * 100:0} %")));
    }

    public static string NameOf(FleetLimit limit) => limit switch
    {
        FleetLimit.DatabaseCores => "PostgreSQL's cores",
        FleetLimit.Log => "the log",
        FleetLimit.Disk => "the disk's size",
        FleetLimit.Redis => "Redis",
    };

    private static string Bytes(double bytes) => bytes < 1e12
        ? string.Create(Culture, $"{bytes / 1e9:N0} GB")
        : string.Create(Culture, $"{bytes / 1e12:N1} TB");
}
