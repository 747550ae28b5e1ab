using System.Globalization;
using System.Text.RegularExpressions;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// A conversation as text: <c>C:</c> a line of the client, <c>C&gt;</c> octets with escapes and no line end, <c>S:</c> the
/// start of the server's reply or of one of its lines, <c>S: EOF</c>, <c>T:</c> seconds that pass. Lines with <c>#</c> are notes.
/// </summary>
internal static partial class Dialogue
{
    public static async Task RunAsync(string script)
    {
        using var fixture = new SmtpFixture().Start();
        await PlayAsync(fixture, script);
    }

    public static async Task PlayAsync(SmtpFixture fixture, string script)
    {
        foreach (var step in script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = step.Length > 3 ? step[3..] : "";
            await (step[..2] switch
            {
                "C:" => fixture.SendLineAsync(text),
                "C>" => fixture.SendAsync(Unescape(text)),
                "S:" => fixture.ExpectAsync(text),
                "T:" => PassAsync(fixture, double.Parse(text, CultureInfo.InvariantCulture)),
                _ when step[0] == '#' => Task.CompletedTask,
                _ => throw new FormatException(step),
            });
        }
    }

    /// <summary>Knows \r \n \0 \\ and \xHH.</summary>
    public static string Unescape(string text) => Escape().Replace(text, static match => match.Value[1] switch
    {
        'r' => "\r",
        'n' => "\n",
        '0' => "\0",
        'x' => ((char)int.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        _ => match.Value[1..],
    });

    private static Task PassAsync(SmtpFixture fixture, double seconds)
    {
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\\(x[0-9A-Fa-f]{2}|.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
