using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Local parts whose mail must not be readable by everybody: <see cref="InboxOptions.Reserved"/>. Immutable.</summary>
internal sealed class ReservedLocalParts(IOptions<InboxOptions> options)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names = options.Value.Reserved
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(static name => MailLocalPart.Normalize(name))
        .ToFrozenSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for the name itself and for the name with a +tag: a CA's mail to either proves control of the domain to its reader.</summary>
    public bool Contains(in Mailbox mailbox)
    {
        var name = mailbox.LocalPart.AsSpan().Trim('"');
        var tag = name.IndexOf('+');
        return _names.Contains(tag < 0 ? name : name[..tag]);
    }
}
