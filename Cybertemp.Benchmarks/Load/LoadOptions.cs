namespace Cybertemp.Benchmarks.Load;

/// <summary>What to send where, from arguments such as <c>mode=pipe sessions=50</c>.</summary>
internal sealed record LoadOptions(
    string Host, int Port, LoadMode Mode, int Sessions, int Bytes, TimeSpan WarmUp, TimeSpan Round, int Rounds,
    string Recipient, int Inboxes)
{
    public const string Domain = "cybertemp.localhost";

    public static LoadOptions Parse(string[] arguments)
    {
        var values = arguments.Select(a => a.Split('=', 2))
            .ToDictionary(p => p[0], p => p[^1], StringComparer.OrdinalIgnoreCase);
        string Get(string key, string fallback) => values.GetValueOrDefault(key, fallback);
        int Number(string key, int fallback) => int.Parse(Get(key, $"{fallback}"), provider: null);
        return new(
            Get("host", "127.0.0.1"),
            Number("port", 2525),
            Enum.Parse<LoadMode>(Get("mode", "pipe"), ignoreCase: true),
            Number("sessions", 50),
            Number("bytes", 4096),
            TimeSpan.FromSeconds(Number("warmup", 5)),
            TimeSpan.FromSeconds(Number("seconds", 5)),
            Number("rounds", 5),
            Get("recipient", $"box@{Domain}"),
            Number("inboxes", 0));
    }
}
