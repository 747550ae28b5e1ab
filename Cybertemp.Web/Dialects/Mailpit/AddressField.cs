using Cybertemp.Web.Dialects.Mailpit.Shapes;

namespace Cybertemp.Web.Dialects.Mailpit;

/// <summary>
/// Takes a decoded address field apart (RFC 5322 §3.4). Decoded names may have commas without quotes: what has no at
/// sign belongs to what follows it.
/// </summary>
internal static class AddressField
{
    private const int MaxAddresses = 1_000;

    public static IReadOnlyList<MailAddress> Read(string field)
    {
        var addresses = new List<MailAddress>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= field.Length && addresses.Count < MaxAddresses; i++)
        {
            if (i < field.Length && field[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (i == field.Length || (!isQuoted && field[i] is ',' or ';'))
            {
                if (Of(field.AsSpan(start..i)) is { } address)
                {
                    addresses.Add(address);
                    start = i + 1;
                }
            }
        }

        return addresses;
    }

    private static MailAddress? Of(ReadOnlySpan<char> text)
    {
        var open = text.LastIndexOf('<');
        var address = open < 0 ? text : text[(open + 1)..].TrimEnd().TrimEnd('>');
        var name = open < 0 ? default : text[..open].Trim().Trim('"');
        return address.Contains('@') ? new MailAddress(name.ToString(), address.Trim().ToString()) : null;
    }
}
