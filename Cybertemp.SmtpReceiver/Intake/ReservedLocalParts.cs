using System.Collections.Frozen;
using Cybertemp.SmtpReceiver.Smtp;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Intake;

/// <summary>The local parts of <see cref="InboxOptions.Reserved"/>. Thread-safe.</summary>
internal sealed class ReservedLocalParts(IOptions<InboxOptions> options)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _reserved = options.Value.Reserved
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Contains(in Mailbox mailbox)
    {
        var local = mailbox.LocalPart.AsSpan();

        // "admin+x"@ is another spelling of admin+x@ for a reader who knows tags.
        local = local is ['"', .. var quoted, '"'] ? quoted : local;
        var tag = local.IndexOf('+');
        return _reserved.Contains(tag < 0 ? local : local[..tag]);
    }
}
