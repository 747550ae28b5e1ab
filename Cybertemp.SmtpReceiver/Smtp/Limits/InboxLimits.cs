using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Clients;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>What holds an inbox back: its domain is switched off, or it gets too much at once. Thread-safe.</summary>
internal sealed class InboxLimits : IDisposable
{
    private readonly TokenBuckets<Mailbox> _messages;
    private readonly IDisposable? _reload;
    private DomainSet _disabled;

    public InboxLimits(IOptionsMonitor<InboxLimitOptions> options, TimeProvider time)
    {
        _messages = new TokenBuckets<Mailbox>(options.CurrentValue.MaxMessagesPerMinute, time);
        _disabled = Parse(options.CurrentValue);
        _reload = options.OnChange(changed => Volatile.Write(ref _disabled, Parse(changed)));
    }

    public bool IsDisabled(in Mailbox mailbox) => Volatile.Read(ref _disabled).Contains(mailbox.Domain);

    /// <summary>Whether the inbox may get another message now.</summary>
    public bool MayReceive(in Mailbox mailbox) => _messages.HasToken(mailbox);

    /// <summary>Only a message that was stored counts: recipients that get none would shut an inbox.</summary>
    public void MessageAccepted(in Mailbox mailbox) => _messages.TryTake(mailbox);

    public void Dispose() => _reload?.Dispose();

    /// <summary>A name that is no domain matches nothing; at start the validator has refused it.</summary>
    private static DomainSet Parse(InboxLimitOptions options)
    {
        _ = DomainSet.TryParse(options.DisabledDomains, out var domains);
        return domains;
    }
}
