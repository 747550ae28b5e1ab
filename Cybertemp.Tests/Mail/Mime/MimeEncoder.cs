using System.Globalization;
using System.Text;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>
/// Writes values as mailers do, in any of the ways that the RFCs allow. It shares nothing with what reads them. Octets
/// are Latin-1 characters.
/// </summary>
internal sealed class MimeEncoder(MimeValues values)
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>
    /// RFC 2047, B or Q. Characters are cut between words as some mailers do, if the charset lets them.
    /// </summary>
    public string EncodedWords(string text, Encoding encoding)
    {
        var (isBase64, cutsCharacters) = (values.Chance(2), encoding.WebName != "iso-2022-jp" && values.Chance(4));
        var pieces = cutsCharacters ? Cut(encoding.GetBytes(text), 20) : CutRunes(text, 12).Select(encoding.GetBytes);
        var (charset, language) = (Case(encoding.WebName), values.Chance(8) ? "*en" : "");
        return string.Join(Blanks(), pieces.Select(piece => isBase64
            ? $"=?{charset}{language}?{values.OneOf("B", "b")}?{Convert.ToBase64String(piece)}?="
            : $"=?{charset}{language}?{values.OneOf("Q", "q")}?{Q(piece)}?="));
    }

    /// <summary>
    /// RFC 2231 and what came before it: <c>; name=…</c> in one piece, or in numbered ones in any order.
    /// </summary>
    public string Parameter(string name, string value, Encoding encoding)
    {
        var (charset, isAscii) = (Case(encoding.WebName), Ascii.IsValid(value));
        switch (values.Random.Next(4))
        {
            case 0 when isAscii:
                return $"; {Case(name)}={Quoted(value, escapesAny: false)}";
            case 1:
                return $"; {Case(name)}*={charset}'en'{Percent(encoding.GetBytes(value))}";
            case 2:
                return Sections(
                    name, Cut(encoding.GetBytes(value), 20).Select((piece, i) => (Percent(piece), i, true)), charset);
            default:
                return Sections(name, CutRunes(value, 12).Select((piece, i) => i > 0 && Ascii.IsValid(piece)
                    ? (Quoted(piece, escapesAny: false), i, false)
                    : (Percent(encoding.GetBytes(piece)), i, true)), charset);
        }
    }

    public string Base64(byte[] octets)
    {
        var text = Convert.ToBase64String(octets);
        var lineLength = values.Random.Next(1, 77);
        return string.Concat(
            text.Chunk(lineLength).Select(line => new string(line) + values.OneOf("\r\n", "\r\n", "\n")));
    }

    /// <summary>RFC 2045 §6.7. A line end of the content is one of the text, if it pleases.</summary>
    public string QuotedPrintable(byte[] octets)
    {
        var text = new StringBuilder();
        for (var (index, column) = (0, 0); index < octets.Length; index++)
        {
            var isLineEnd = octets[index] == '\r' && index + 1 < octets.Length && octets[index + 1] == '\n';
            if (isLineEnd && values.Chance(2))
            {
                text.Append("\r\n");
                (index, column) = (index + 1, 0);
                continue;
            }

            var isLast = index + 1 == octets.Length || octets[index + 1] is (byte)'\r' or (byte)'\n';
            var mayStay = octets[index] is (byte)'\t' or (byte)' '
                ? !isLast
                : octets[index] is > 0x20 and < 0x7F and not (byte)'=';
            var token = mayStay && !values.Chance(20) ? ((char)octets[index]).ToString() : Hex('=', octets[index]);
            if (column + token.Length > 75 || values.Chance(60))
            {
                text.Append(values.OneOf("=\r\n", "=\n"));
                column = 0;
            }

            text.Append(token);
            column += token.Length;
        }

        return text.ToString();
    }

    /// <summary>As POSIX describes it.</summary>
    public string UUEncode(byte[] octets)
    {
        var zero = values.OneOf('`', ' ');
        var lines = octets.Chunk(values.Random.Next(1, 46)).Select(chunk =>
        {
            byte[] padded = [.. chunk, .. new byte[(3 - (chunk.Length % 3)) % 3]];
            var sextets = padded.Chunk(3).SelectMany(group => (int[])
                [
                    group[0] >> 2, ((group[0] & 3) << 4) | (group[1] >> 4), ((group[1] & 15) << 2) | (group[2] >> 6),
                    group[2] & 63,
                ]);
            var text = string.Concat(sextets.Select(sextet => sextet == 0 ? zero : (char)(' ' + sextet)));
            return $"{(char)(' ' + chunk.Length)}{text}\r\n";
        });
        return $"begin 644 {values.Word()}.bin\r\n{string.Concat(lines)}{zero}\r\nend\r\n";
    }

    /// <summary>A display name: words, a quoted-string or encoded-words.</summary>
    public string Phrase(string name, Encoding encoding)
    {
        var isWords = name.Split(' ').All(static word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit));
        return isWords && values.Chance(2) ? name : Ascii.IsValid(name) && values.Chance(2)
            ? Quoted(name)
            : EncodedWords(name, encoding);
    }

    public string Date(DateTimeOffset date)
    {
        var weekday = values.Chance(4)
            ? ""
            : date.ToString("ddd", CultureInfo.InvariantCulture) + values.OneOf(", ", ",", ", (day) ");
        var day = date.ToString(values.OneOf("dd", "%d"), CultureInfo.InvariantCulture);
        var year = date.Year < 2070 && values.Chance(8)
            ? date.ToString("yy", CultureInfo.InvariantCulture)
            : $"{date.Year}";
        var time = date.ToString(date.Second == 0 && values.Chance(2)
            ? "HH:mm"
            : "HH:mm:ss", CultureInfo.InvariantCulture);
        var zone = date.Offset == TimeSpan.Zero && values.Chance(2)
            ? values.OneOf("GMT", "UT", "Z")
            : date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        var month = date.ToString("MMM", CultureInfo.InvariantCulture);
        return $"{weekday}{day}{Blanks()}{Case(month)} {year}{Blanks()}{time} {zone}"
            + values.OneOf("", " (CEST)", " (a (b) c)");
    }

    /// <summary>A quoted string (RFC 5322 §3.2.4).</summary>
    /// <param name="text">ASCII, or octets as characters.</param>
    /// <param name="escapesAny">Not in names of files: there a backslash before a letter is that of a path.</param>
    public string Quoted(string text, bool escapesAny = true)
    {
        var quoted = string.Concat(text.Select(
            c => c is '"' or '\\' || (escapesAny && c < 0x80 && values.Chance(30)) ? $"\\{c}" : c.ToString()));
        return $"\"{quoted}\"";
    }

    /// <summary>Blanks, folded or not.</summary>
    public string Blanks() => values.OneOf(" ", " ", "  ", "\r\n ", "\r\n\t");

    private string Case(string text) => values.Chance(4) ? text.ToUpperInvariant() : text;

    private string Q(byte[] octets) => string.Concat(octets.Select(octet => octet switch
    {
        (byte)' ' => "_",
        _ when Unreserved.Contains((char)octet, StringComparison.Ordinal) && !values.Chance(20) =>
            ((char)octet).ToString(),
        _ => Hex('=', octet),
    }));

    private string Percent(byte[] octets) => string.Concat(octets.Select(octet =>
        Unreserved.Contains((char)octet, StringComparison.Ordinal) && !values.Chance(20)
            ? ((char)octet).ToString()
            : Hex('%', octet)));

    private string Sections(string name, IEnumerable<(string Text, int Number, bool IsEncoded)> pieces, string charset)
    {
        var sections = pieces.Select(piece =>
            $"; {Case(name)}*{piece.Number}{(piece.IsEncoded ? "*" : "")}="
                + $"{(piece.Number == 0 ? $"{charset}''" : "")}{piece.Text}").ToArray();
        if (values.Chance(3))
        {
            values.Random.Shuffle(sections);
        }

        return string.Join(values.OneOf("", "\r\n"), sections).Replace("\r\n;", ";\r\n", StringComparison.Ordinal);
    }

    private IEnumerable<byte[]> Cut(byte[] octets, int maxLength)
    {
        for (var start = 0; start < octets.Length;)
        {
            var length = Math.Min(values.Random.Next(1, maxLength), octets.Length - start);
            yield return octets[start..(start + length)];
            start += length;
        }
    }

    private IEnumerable<string> CutRunes(string text, int maxLength)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        for (var start = 0; start < runes.Length;)
        {
            var length = Math.Min(values.Random.Next(1, maxLength), runes.Length - start);
            yield return string.Concat(runes[start..(start + length)]);
            start += length;
        }
    }

    private string Hex(char sign, byte octet) =>
        sign + octet.ToString(values.OneOf("X2", "X2", "x2"), CultureInfo.InvariantCulture);
}
