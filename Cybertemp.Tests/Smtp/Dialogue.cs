using System.Globalization;
using System.Text.RegularExpressions;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Transport;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// A conversation as text: <c>C:</c> a line of the client, <c>C&gt;</c> octets with escapes and no line end, <c>S:</c>
/// the start of the server's reply or of one of its lines, <c>S: EOF</c>, <c>T:</c> seconds that pass. Lines with
/// <c>#</c> are notes.
/// </summary>
internal static partial class Dialogue
{
    /// <summary>Plays a script with a session of its own.</summary>
    public static async Task RunAsync(string script, params string[] settings)
    {
        await using var fixture = new SmtpFixture(settings).Start();
        await PlayAsync(fixture, script);
    }

    /// <summary>Knows what happens around a session, too: <c>stop</c>, <c>hang up</c>, <c>filters away</c>, <c>store
    /// away</c>, <c>budget gone</c>,
    /// <c>share gone</c>, <c>sink</c>, <c>sink fails</c>, <c>sink starves</c>.</summary>
    /// <param name="sinkReply">What <c>sink</c> makes the sink say.</param>
    public static async Task PlayAsync(SmtpFixture fixture, string script, SmtpReply? sinkReply = null)
    {
        foreach (var step in script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = step.Length > 3 ? step[3..] : "";
            await (step[..2] switch
            {
                "st" or "ha" or "fi" or "si" or "bu" or "sh" => HappenAsync(fixture, step, sinkReply),
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

    private static Task HappenAsync(SmtpFixture fixture, string what, SmtpReply? sinkReply)
    {
        switch (what)
        {
            case "stop":
                fixture.RequestStop(StopRequest.BetweenCommands);
                break;
            case "filters away":
                fixture.Policies.IsReady = false;
                break;
            case "store away":
                fixture.Sink.IsAvailable = false;
                break;
            case "budget gone":
                Assert.Null(fixture.Shared.Content.Take(
                    SmtpFixture.AnotherClient, fixture.Shared.Content.Limit, isLarge: false));
                break;
            case "sink fails":
                fixture.Sink.Reply = static (_, _) => throw new InvalidOperationException("a defect");
                break;
            case "sink starves":
                fixture.Sink.Reply = static (_, _) => throw FakeSink.LackOfMemory();
                break;
            case "share gone":
                Assert.Null(fixture.Shared.Content.Take(
                    SmtpFixture.Client, fixture.Shared.Content.LimitPerClient, isLarge: false));
                break;
            case "sink":
                fixture.Sink.Reply = (_, _) => ValueTask.FromResult(sinkReply!);
                break;
            case "hang up":
                return fixture.HangUpAsync();
            default:
                throw new FormatException(what);
        }

        return Task.CompletedTask;
    }

    private static Task PassAsync(SmtpFixture fixture, double seconds)
    {
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\\(x[0-9A-Fa-f]{2}|.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
