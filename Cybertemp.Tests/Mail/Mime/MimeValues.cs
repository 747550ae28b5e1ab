using System.Text;
using System.Text.Unicode;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>Random values that mail can carry; the same seed gives the same values.</summary>
internal sealed class MimeValues(int seed)
{
    private const string Atoms = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/^_`{|}~";
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly (int First, int Last)[] Blocks =
    [
        (0x20, 0x7E), (0xA1, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x5D0, 0x5EA), (0x3041, 0x30F6), (0x4E00, 0x4F2F),
        (0xAC00, 0xAC7F), (0x1F600, 0x1F64F),
    ];

    private static readonly (Encoding Encoding, Rune[] Runes)[] Charsets = CreateCharsets();

    public Random Random { get; } = new(seed);

    public bool Chance(int oneIn) => Random.Next(oneIn) == 0;

    public T OneOf<T>(params ReadOnlySpan<T> items) => items[Random.Next(items.Length)];

    /// <summary>One of those that mail is written in.</summary>
    public Encoding Charset(bool isStateless = false)
    {
        var encoding = OneOf<(Encoding Encoding, Rune[])>(Charsets).Encoding;
        return isStateless && encoding.WebName == "iso-2022-jp" ? Encoding.UTF8 : encoding;
    }

    /// <summary>
    /// One line that the charset has all characters of, and whose octets are not UTF-8 by chance; no blank at an end of
    /// it.
    /// </summary>
    /// <param name="without">Characters that are not wanted.</param>
    public string Line(Encoding encoding, int maxLength = 60, string without = "")
    {
        var runes = Charsets.Single(charset => charset.Encoding.Equals(encoding)).Runes;
        var text = new StringBuilder();
        for (var length = Random.Next(1, maxLength); length > 0; length--)
        {
            var rune = Chance(6) ? new Rune(' ') : OneOf<Rune>(runes);
            text.Append(rune.IsBmp && without.Contains((char)rune.Value, StringComparison.Ordinal)
                ? "_"
                : rune.ToString());
        }

        // "=?" in clear would be the beginning of an encoded-word.
        var line = text.Replace("=?", "=").ToString().Trim();
        var octets = encoding.GetBytes(line);
        var isUtf8ByChance = encoding is not UTF8Encoding && Utf8.IsValid(octets) && !Ascii.IsValid(octets);
        return line.Length > 0 && !isUtf8ByChance ? line : "x";
    }

    public string Atom(int maxLength = 12) => String(Atoms, maxLength);

    public string Word(int maxLength = 12) => String(LettersAndDigits, maxLength);

    /// <summary>Several, with one blank between them.</summary>
    public string Words() => string.Join(' ', Enumerable.Range(0, Random.Next(1, 5)).Select(_ => Word()));

    /// <summary>Runs of text, of line ends and of anything.</summary>
    public byte[] Octets(int maxLength)
    {
        var octets = new byte[Random.Next(maxLength)];
        Random.NextBytes(octets);
        for (var start = 0; start < octets.Length; start += Random.Next(1, 80))
        {
            var run = octets.AsSpan(start, Math.Min(Random.Next(1, 80), octets.Length - start));
            if (Chance(2))
            {
                Random.GetItems("abc =.-\t\r\n"u8, run);
            }
            else if (run.Length > 1 && Chance(2))
            {
                "\r\n"u8.CopyTo(run);
            }
        }

        return octets;
    }

    public DateTimeOffset Date()
    {
        var seconds = Random.NextInt64(0, (long)TimeSpan.FromDays(365 * 90).TotalSeconds);
        var offset = TimeSpan.FromMinutes(15 * Random.Next(-48, 57));
        return new DateTimeOffset(DateTime.UnixEpoch.AddSeconds(seconds).Ticks, TimeSpan.Zero).ToOffset(offset)
            .AddYears(1);
    }

    private string String(string characters, int maxLength) =>
        new(Random.GetItems<char>(characters, Random.Next(1, maxLength + 1)));

    private static (Encoding, Rune[])[] CreateCharsets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string[] names =
        [
            "utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "windows-1251", "windows-1255", "koi8-r",
            "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "big5", "gb18030",
        ];
        return [.. names.Select(Encoding.GetEncoding).Select(encoding => (encoding, RunesOf(encoding)))];
    }

    private static Rune[] RunesOf(Encoding encoding) =>
    [
        .. Blocks.SelectMany(block => Enumerable.Range(block.First, block.Last - block.First + 1))
            .Select(value => new Rune(value))
            .Where(rune => encoding.GetString(encoding.GetBytes(rune.ToString())) == rune.ToString()),
    ];
}
