using Cybertemp.Mail.Mime.Charsets;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>
/// The From fields (RFC 5322 §3.6.2), however malformed: whom a reader takes for the sender, and every address that may
/// be meant.
/// </summary>
internal sealed class SenderField(int maxAddresses)
{
    private readonly List<string> _addresses = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private int _seen;

    /// <summary>The first mailbox with an address; "" and "" when there is none.</summary>
    public Mailbox Sender { get; private set; } = new("", "");

    /// <summary>Of all mailboxes; then those in names, comments and encoded-words.</summary>
    public IReadOnlyList<string> Addresses => _addresses;

    public static SenderField Read(
        IEnumerable<FieldLine> fields, DeclaredCharset? elsewhere, MimeLimits limits, ParseNotes notes)
    {
        var sender = new SenderField(limits.MaxAddresses);
        foreach (var field in fields.TakeWhile(_ => !sender.IsFull))
        {
            sender.AddField(HeaderText.Unfold(field.Value.Span, elsewhere));
        }

        if (sender.IsFull)
        {
            notes.Add($"From addresses beyond {limits.MaxAddresses} were ignored.");
        }

        return sender;
    }

    private bool IsFull => _seen > maxAddresses;

    private void AddField(string text)
    {
        var mailboxes = MailboxScanner.Scan(text, maxAddresses + 1);
        var decoded = HeaderText.DecodeWords(text);
        if (!ReferenceEquals(decoded, text) && !mailboxes.Exists(mailbox => mailbox.HasAddress))
        {
            mailboxes = MailboxScanner.Scan(decoded, maxAddresses + 1);
        }

        if (mailboxes.Count > 0 && !Sender.HasAddress)
        {
            var sender = mailboxes.Find(mailbox => mailbox.HasAddress) ?? mailboxes[0];
            Sender = sender with { Name = HeaderText.DecodeWords(sender.Name) };
        }

        foreach (var mailbox in mailboxes)
        {
            Add(mailbox.Address);
        }

        AddHidden(decoded);
    }

    private void AddHidden(ReadOnlySpan<char> text)
    {
        for (var start = 0; !IsFull && AddressText.TryFind(text, start, out var address);)
        {
            if (!_known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[address]))
            {
                Add(AddressText.Clean(text[address]));
            }

            start = address.Start.Value + text[address].IndexOfAny('@', '\uFF20') + 1;
        }
    }

    private void Add(string address)
    {
        if (++_seen <= maxAddresses && _known.Add(address))
        {
            _addresses.Add(address);
        }
    }
}
