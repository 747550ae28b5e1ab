using System.Globalization;
using Cybertemp.Benchmarks.Load;

namespace Cybertemp.Benchmarks.Compare.Rounds;

/// <summary>What is measured in turn with others.</summary>
internal sealed record Lane(string Name, CompareTarget Target, LoadOptions Load)
{
    /// <summary>Mails to 100,000 inboxes, half of them new.</summary>
    public static Lane Create(string name, CompareTarget target, LoadMode mode, int sessions, int bytes) => new(
        name,
        target,
        LoadOptions.Parse(
        [
            $"port={RunningServer.Text(target.Port)}", $"mode={mode}", $"sessions={RunningServer.Text(sessions)}",
            $"bytes={RunningServer.Text(bytes)}",
            string.Create(CultureInfo.InvariantCulture, $"inboxes={CompareTarget.KnownInboxes}"),
        ]));
}
