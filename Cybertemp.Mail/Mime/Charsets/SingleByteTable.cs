using System.Text;

namespace Cybertemp.Mail.Mime.Charsets;

/// <summary>
/// What the octets from 128 are in a charset of one octet a character, as the WHATWG Encoding Standard §9 has it;
/// U+FFFD where it has nothing.
/// </summary>
internal static class SingleByteTable
{
    private const int Length = 128;
    private const char Undefined = '\uFFFD';

    /// <summary>From octet 160 on; before it are the C1 controls.</summary>
    private const string Iso8859Part10 =
        "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";

    private const string Iso8859Part14 =
        "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";

    private const string Iso8859Part16 =
        "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    /// <summary>Null for a charset of more octets a character.</summary>
    public static string? Of(int codePage) => codePage switch
    {
        CharsetLabels.Iso8859Part10 => WithControls(Iso8859Part10),
        CharsetLabels.Iso8859Part14 => WithControls(Iso8859Part14),
        CharsetLabels.Iso8859Part16 => WithControls(Iso8859Part16),
        CharsetLabels.UserDefined => Create(octet => (char)(0xF700 + octet)),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(codePage) is { IsSingleByte: true } encoding
            ? Of(encoding)
            : null,
    };

    private static string Of(Encoding encoding) =>
        Create(octet => Corrected(encoding.CodePage, octet) ?? Defined(encoding, octet));

    /// <summary>.NET has other characters here: older ones, or none.</summary>
    private static char? Corrected(int codePage, byte octet) => (codePage, octet) switch
    {
        (28597, 0xA1) => '\u2018',
        (28597, 0xA2) => '\u2019',
        (28597, 0xA4) => '\u20AC',
        (28597, 0xA5) => '\u20AF',
        (28597, 0xAA) => '\u037A',
        (28598, 0xAF) => '\u00AF',
        (28598, 0xFD) => '\u200E',
        (28598, 0xFE) => '\u200F',
        (10000, 0xBD) => '\u03A9',
        (10007, 0xA2) => '\u0490',
        (10007, 0xB6) => '\u0491',
        (10007, 0xFF) => '\u20AC',
        _ => null,
    };

    /// <summary>.NET has private characters where nothing is defined, but for the apple of the Macintosh.</summary>
    private static char Defined(Encoding encoding, byte octet)
    {
        var character = encoding.GetString([octet])[0];
        return character is >= '\uF700' and < '\uF8FF' ? Undefined : character;
    }

    private static string WithControls(string fromOctet160) =>
        Create(octet => octet < 160 ? (char)octet : fromOctet160[octet - 160]);

    private static string Create(Func<byte, char> character) =>
        string.Create(Length, character, static (table, character) =>
        {
            for (var index = 0; index < Length; index++)
            {
                table[index] = character((byte)(Length + index));
            }
        });
}
