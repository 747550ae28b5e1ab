using System.Collections.Frozen;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Mail.Inboxes;

/// <summary>
/// Local parts that never become public temporary inboxes: the option <c>Inboxes:Reserved</c>. Thread-safe.
/// </summary>
/// <param name="list">Separated by commas.</param>
internal sealed class ReservedLocalParts(string list)
{
    /// <summary>The option's name.</summary>
    public const string Key = "Inboxes:Reserved";

    /// <summary>
    /// The addresses of RFC 2142 and of the CA/Browser Forum's Baseline Requirements §3.2.2.4.4, and root.
    /// </summary>
    public const string Default = "postmaster,admin,administrator,hostmaster,webmaster,abuse,security,root";

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _reserved = list
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
