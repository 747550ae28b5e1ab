namespace Cybertemp.Benchmarks.Load;

/// <summary>
/// Whom one session sends to: one inbox, or half of its mails to one of many that exist, half to one that nobody has
/// had mail for.
/// </summary>
internal sealed class Recipients(LoadOptions options)
{
    private readonly Random _random = new();

    public string Next() => options.Inboxes == 0 ? options.Recipient
        : _random.Next(2) == 0 ? $"box{_random.Next(options.Inboxes)}@{LoadOptions.Domain}"
        : $"new{_random.NextInt64():x}@{LoadOptions.Domain}";
}
