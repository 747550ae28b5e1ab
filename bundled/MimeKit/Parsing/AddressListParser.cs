namespace MimeKit.Parsing;

/// <summary>address-list (RFC 5322 §3.4); leniently, what cannot be read is passed over up to the next comma.</summary>
internal static class AddressListParser
{
    public static bool TryParse(ReadOnlySpan<byte> text, bool isLenient, out List<InternetAddress> addresses)
    {
        var parser = new AddressParser(text, isLenient);
        return TryRead(ref parser, groupDepth: 0, out addresses);
    }

    /// <summary>In a group up to, not past, the ';'.</summary>
    public static bool TryRead(ref AddressParser parser, int groupDepth, out List<InternetAddress> addresses)
    {
        addresses = [];
        var isReadable = parser.Scanner.SkipCfws();
        while (isReadable && !AtEnd(ref parser, groupDepth))
        {
            if (parser.TryRead(groupDepth, out var address))
            {
                addresses.Add(address);
            }
            else if (!parser.IsLenient)
            {
                return false;
            }
            else
            {
                SkipAddress(ref parser, groupDepth);
            }

            isReadable = SkipSeparators(ref parser);
        }

        return addresses.Count > 0 && (isReadable || parser.IsLenient);
    }

    private static bool AtEnd(ref AddressParser parser, int groupDepth) =>
        parser.Scanner.AtEnd || (groupDepth > 0 && parser.Scanner.At(';'));

    private static bool SkipSeparators(ref AddressParser parser)
    {
        var isReadable = parser.Scanner.SkipCfws();
        while (isReadable && parser.Scanner.Accept(','))
        {
            isReadable = parser.Scanner.SkipCfws();
        }

        return isReadable;
    }

    /// <summary>A comma within quotes does not end it.</summary>
    private static void SkipAddress(ref AddressParser parser, int groupDepth)
    {
        while (!AtEnd(ref parser, groupDepth) && !parser.Scanner.At(','))
        {
            if (!parser.Scanner.At('"') || !parser.Scanner.SkipQuoted())
            {
                parser.Scanner.Position += parser.Scanner.AtEnd ? 0 : 1;
            }
        }
    }
}
