using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Cybertemp.Web.Codes;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// Codes and links of mails of 4 KB (plain text, HTML, HTML with Japanese words) and of ten megabytes, beside the
/// plainest search for numbers and links.
/// </summary>
[MemoryDiagnoser]
public partial class CodeBenchmarks
{
    private const int Length = 4096;
    private const int HostileLength = 10_000_000;

    private string _text = "";
    private string _html = "";

    /// <summary>A mail with a code.</summary>
    public enum Sample
    {
        Plain,
        Html,
        Japanese,
        Hostile10MB,
    }

    [ParamsAllValues]
    public Sample Mail { get; set; }

    [GlobalSetup]
    public void Create() => (_text, _html) = Mail switch
    {
        Sample.Plain => (Plain(), ""),
        Sample.Html => ("", Html("Your sign-in code", "Enter this code to continue:")),
        Sample.Japanese => ("", Html("認証コード", "次のコードを入力してください。")),
        Sample.Hostile10MB => ("", Hostile()),
    };

    [Benchmark(Baseline = true)]
    public int NumbersAndLinks() => NumberOrLink().Count(_text) + NumberOrLink().Count(_html);

    [Benchmark]
    public object Codes() =>
        MailActionReader.Read("Your sign-in code", _text, _html, "Example <no-reply@example.test>");

    [GeneratedRegex("[0-9]{4,8}|https?://[^\"' <]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NumberOrLink();

    private static string Plain()
    {
        var text = new StringBuilder("Hello Kim,\n\nyour sign-in code is\n\n482 913\n\nIt expires in 10 minutes.\n\n");
        while (text.Length < Length)
        {
            text.Append(
                "Nobody at Example will ever ask you for it, by phone or by mail, nor should you tell a friend.\n");
        }

        return text.Append("\nOrder 684201, 20 Jan 2026 12:00. Call +44 20 7946 0137. (c) 2019-2026 Example Ltd, Leeds "
            + "LS1 4AP\n").ToString();
    }

    private static string Html(string title, string words)
    {
        var html = new StringBuilder($"<html><head><style>.c{{font-size:32px}} "
            + $".p{{display:none}}</style></head><body><div class=\"p\">123456</div><h1>{title}</h1>");
        while (html.Length < Length - 200)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<table width=\"600\" cellpadding=\"0\"><tr><td style=\"font:16px/24px Arial;color:#333333;padding:0 "
                    + $"40px\">{words} <a href=\"https://example.test/help\">Help</a></td></tr></table>");
        }

        return html.Append("<p class=\"c\">482 913</p></body></html>").ToString();
    }

    private static string Hostile() => string.Concat(
        Enumerable.Repeat("<a href='https://a.test/t/9f8e7d6c'>482913 code <b>", HostileLength / 50));
}
