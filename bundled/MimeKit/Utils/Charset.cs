using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MimeKit.Utils;

/// <summary>Charset names as mail has them, and the encodings .NET has.</summary>
internal static partial class Charset
{
    private const int MaxRemembered = 1024;
    private const int MaxRememberedLength = 64;

    /// <summary>A line is a code page and the names .NET does not know, or takes for another one.</summary>
    private static readonly FrozenDictionary<string, int> Aliases = """
        65001 utf-8 utf8 unicode
        20127 ansi_x3.4-1968
        28591 ansi_x3.110-1983 latin1
        10000 macintosh
        10079 x-mac-icelandic
        51949 ks_c_5601-1987 ksc-5601-1987 ksc-5601_1987 ksc-5601 5601 ks_c_5861-1992 ksc-5861-1992 ksc-5861_1992 euckr-0 euc-kr
        950 big5 big5-0 big5-hkscs big5-eten big5hkscs-0
        936 gb2312 gb-2312 gb2312-0 gb2312-80 gb2312.1980-0
        51936 euc-cn gbk-0 x-gbk gbk
        54936 gb18030-0 gb18030
        51932 eucjp-0 euc-jp ujis-0 ujis jisx0208.1983-0 jisx0212.1990-0
        932 pck
        50220 iso-2022-jp
        """.Split('\n').Select(line => line.Split(' '))
        .SelectMany(words => words.Skip(1).Select(name => (name, int.Parse(words[0], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Asking .NET for an unknown name costs an exception: once per name is enough.</summary>
    private static readonly ConcurrentDictionary<string, Encoding?> Asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when the name means nothing here; unreadable octets become the encoding's replacement.</summary>
    public static Encoding? Find(string name)
    {
        if (Asked.TryGetValue(name, out var encoding))
        {
            return encoding;
        }

        encoding = Ask(name);
        if (name.Length <= MaxRememberedLength && Asked.Count < MaxRemembered)
        {
            Asked.TryAdd(name, encoding);
        }

        return encoding;
    }

    private static Encoding? Ask(string name)
    {
        try
        {
            var codePage = Aliases.TryGetValue(name, out var known) ? known : CodePageFromName(name);
            return codePage == Encoding.UTF8.CodePage ? Encoding.UTF8
                : codePage > 0 ? Encoding.GetEncoding(codePage)
                : Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The forms "windows-1252", "cp1252", "ibm850", "iso8859-15"; 0 when it is none of them.</summary>
    private static int CodePageFromName(string name)
    {
        var form = NumberedName().Match(name);
        if (!form.Success)
        {
            return 0;
        }

        var number = int.Parse(form.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return !form.Groups["iso"].Success ? number : number is > 0 and < 10 or > 12 and < 16 ? 28590 + number : 0;
    }

    [GeneratedRegex("^(windows|ibm|cp|(?<iso>iso-?8859))[-_]?(cp)?(?<number>[0-9]{1,5})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedName();
}
