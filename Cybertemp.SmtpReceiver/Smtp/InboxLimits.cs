using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What holds an inbox back: its domain is switched off, or it gets too much at once. Thread-safe.</summary>
internal sealed class InboxLimits : IDisposable
{
    private readonly RateLimiter<Mailbox> _messages;
    private readonly IDisposable? _reload;
    private DomainList _disabled;

    public InboxLimits(IOptionsMonitor<InboxLimitOptions> options, TimeProvider time)
    {
        _messages = new RateLimiter<Mailbox>(options.CurrentValue.MaxMessagesPerMinute, time);
        _disabled = Parse(options.CurrentValue);
        _reload = options.OnChange(changed => Volatile.Write(ref _disabled, Parse(changed)));
    }

    public bool IsDisabled(in Mailbox mailbox) => Volatile.Read(ref _disabled).Contains(mailbox.Domain);

    public bool TryTakeMessage(in Mailbox mailbox) => _messages.TryTake(mailbox);

    public void Dispose() => _reload?.Dispose();

    /// <summary>A name that is no domain matches nothing; at start the validator has refused it.</summary>
    private static DomainList Parse(InboxLimitOptions options)
    {
        _ = DomainList.TryParse(options.DisabledDomains, out var list);
        return list;
    }
}
