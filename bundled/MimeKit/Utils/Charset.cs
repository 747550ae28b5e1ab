using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MimeKit.Utils;

/// <summary>Charset names as mail has them, and the encodings .NET has.</summary>
internal static partial class Charset
{
    private const int MaxRemembered = 1024;
    private const int MaxRememberedLength = 64;

    private static readonly FrozenDictionary<string, int> Aliases = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf-8"] = 65001, ["utf8"] = 65001, ["unicode"] = 65001,
        ["ansi_x3.4-1968"] = 20127, ["ansi_x3.110-1983"] = 28591, ["latin1"] = 28591, ["macintosh"] = 10000,
        ["x-mac-icelandic"] = 10079,
        ["ks_c_5601-1987"] = 51949, ["ksc-5601-1987"] = 51949, ["ksc-5601_1987"] = 51949, ["ksc-5601"] = 51949,
        ["5601"] = 51949, ["ks_c_5861-1992"] = 51949, ["ksc-5861-1992"] = 51949, ["ksc-5861_1992"] = 51949,
        ["euckr-0"] = 51949, ["euc-kr"] = 51949,
        ["big5"] = 950, ["big5-0"] = 950, ["big5-hkscs"] = 950, ["big5-eten"] = 950, ["big5hkscs-0"] = 950,
        ["gb2312"] = 936, ["gb-2312"] = 936, ["gb2312-0"] = 936, ["gb2312-80"] = 936, ["gb2312.1980-0"] = 936,
        ["euc-cn"] = 51936, ["gbk-0"] = 51936, ["x-gbk"] = 51936, ["gbk"] = 51936,
        ["gb18030-0"] = 54936, ["gb18030"] = 54936,
        ["eucjp-0"] = 51932, ["euc-jp"] = 51932, ["ujis-0"] = 51932, ["ujis"] = 51932,
        ["jisx0208.1983-0"] = 51932, ["jisx0212.1990-0"] = 51932, ["pck"] = 932,
        ["iso-2022-jp"] = 50220,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

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
            return codePage switch
            {
                65001 => Encoding.UTF8,
                51936 => FindGbk(),
                > 0 => Encoding.GetEncoding(codePage),
                _ => Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding FindGbk()
    {
        try
        {
            return Encoding.GetEncoding(51936);
        }
        catch (NotSupportedException)
        {
            return Encoding.GetEncoding(936);
        }
    }

    /// <summary>The forms "windows-1252", "cp1252", "ibm850", "latin2", "iso8859-15"; 0 when it is none of them.</summary>
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

    [GeneratedRegex("^(windows|ibm|cp|(?<iso>latin|iso-?8859))[-_]?(cp)?(?<number>[0-9]{1,5})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedName();
}
