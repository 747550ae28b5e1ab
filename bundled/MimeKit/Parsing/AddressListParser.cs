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
        if (!parser.Scanner.SkipCommentsAndWhiteSpace())
        {
            return false;
        }

        while (!parser.Scanner.AtEnd && !parser.AtGroupEnd(groupDepth))
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

            if (!SkipSeparators(ref parser, groupDepth))
            {
                return parser.IsLenient && addresses.Count > 0;
            }
        }

        return addresses.Count > 0;
    }

    private static bool SkipSeparators(ref AddressParser parser, int groupDepth)
    {
        while (parser.Scanner.SkipCommentsAndWhiteSpace())
        {
            if (parser.Scanner.AtEnd || parser.AtGroupEnd(groupDepth) || !parser.Scanner.At(','))
            {
                return true;
            }

            parser.Scanner.Position++;
        }

        return false;
    }

    /// <summary>A comma within quotes does not end it.</summary>
    private static void SkipAddress(ref AddressParser parser, int groupDepth)
    {
        while (!parser.Scanner.AtEnd && !parser.Scanner.At(',') && !parser.AtGroupEnd(groupDepth))
        {
            if (parser.Scanner.At('"'))
            {
                parser.Scanner.SkipQuoted();
            }
            else
            {
                parser.Scanner.Position++;
            }
        }
    }
}
