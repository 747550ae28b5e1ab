using System.Buffers;
using System.Globalization;
using System.Text;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Contents;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>
/// A parameter of Content-Type or Content-Disposition with RFC 2231 and what came before it, read as it was meant: raw
/// octets, encoded-words, paths with single backslashes, and percent-encoding that does not say its charset.
/// </summary>
internal static class FieldParameter
{
    /// <summary>No name is longer; what is longer is cut before it is decoded.</summary>
    private const int MaxLength = 2048;

    /// <summary>The value, or null. What is encoded comes before what is not; of two alike the first counts.</summary>
    public static string? Find(ReadOnlySpan<byte> field, ReadOnlySpan<char> name, DeclaredCharset? elsewhere)
    {
        string? plain = null;
        List<Section>? sections = null;
        var scanner = new FieldParameters(HeaderText.Unfold(field, elsewhere));
        while (scanner.TryRead(out var found, out var value))
        {
            value = value.Length > MaxLength ? value[..MaxLength] : value;
            var star = found.IndexOf('*');
            if (!found[..(star < 0 ? found.Length : star)].TrimEnd().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (star < 0)
            {
                plain ??= HeaderText.DecodeWords(value.ToString());
            }
            else
            {
                (sections ??= []).Add(Section.Of(found[(star + 1)..], value.ToString()));
            }
        }

        return sections is null ? plain : Join(sections, elsewhere);
    }

    /// <summary>
    /// RFC 2231 §3: by their numbers, gaps overlooked; together they are one text in the charset of the first.
    /// </summary>
    private static string Join(List<Section> sections, DeclaredCharset? elsewhere)
    {
        var ordered = sections.DistinctBy(section => section.Number).OrderBy(section => section.Number).ToList();
        Charset? charset = null;
        var octets = new ArrayBufferWriter<byte>();
        foreach (var section in ordered)
        {
            var value = ReferenceEquals(section, ordered[0]) && section.IsEncoded
                ? WithoutCharset(section.Value, ref charset)
                : section.Value;
            octets.Write(section.IsEncoded ? Unescape(value) : Encoding.UTF8.GetBytes(value));
        }

        return HeaderText.DecodeWords(OctetText.Decode(octets.WrittenSpan, charset, elsewhere));
    }

    /// <summary>Without "charset'language'", when the charset is there.</summary>
    private static string WithoutCharset(string value, ref Charset? charset)
    {
        var label = value.IndexOf('\'', StringComparison.Ordinal);
        var language = label < 0 ? -1 : value.IndexOf('\'', label + 1);
        if (language < 0)
        {
            return value;
        }

        charset = Charset.Find(value.AsSpan(0, label));
        return value[(language + 1)..];
    }

    private static ReadOnlySpan<byte> Unescape(string value)
    {
        var octets = Encoding.UTF8.GetBytes(value);
        var length = 0;
        byte escaped = 0;
        for (var index = 0; index < octets.Length; index++)
        {
            var isEscape = octets[index] == (byte)'%' && HexOctet.TryRead(octets.AsSpan(index + 1), out escaped);
            octets[length++] = isEscape ? escaped : octets[index];
            index += isEscape ? 2 : 0;
        }

        return octets.AsSpan(0, length);
    }

    private sealed record Section(int Number, bool IsEncoded, string Value)
    {
        /// <summary>One section of a parameter in several (RFC 2231 §3).</summary>
        /// <param name="marks">What stands behind the first asterisk: "", "0" or "0*".</param>
        /// <param name="value">Without its quotes.</param>
        public static Section Of(ReadOnlySpan<char> marks, string value)
        {
            var end = marks.IndexOf('*');
            _ = int.TryParse(marks[..(end < 0 ? marks.Length : end)], CultureInfo.InvariantCulture, out var number);
            return new Section(number, end >= 0 || marks.Trim().IsEmpty, value);
        }
    }
}
