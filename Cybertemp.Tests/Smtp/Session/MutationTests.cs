using System.Diagnostics;
using System.Net;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.SmtpReceiver.Smtp.Listening;
using Cybertemp.SmtpReceiver.Smtp.Session;
using Cybertemp.SmtpReceiver.Smtp.Transport;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Tests.Smtp.Session;

/// <summary>
/// Whole conversations, broken at random: whatever comes, no exception escapes, nothing hangs, and the server frames
/// commands, DATA and chunks exactly as the reference reader does.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 6152;

    /// <summary>Each has a server of its own: what they would share would only be waited for.</summary>
    private const int Workers = 2;

    private static readonly string[] Seeds =
    [
        "HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@temp.example>\r\nDATA\r\n..a\r\n.\r\nQUIT\r\n",
        "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@temp.example>\r\nBDAT 5 LAST\r\n\r\n.\r\nQUIT\r\n",
        "EHLO c\r\nMAIL FROM:<a@b> SIZE=9\r\nRCPT TO:<x@temp.example>\r\nDATA\r\nhi\r\n..\r\n.\r\nQUIT\r\n",
        "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@temp.example>\r\nBDAT 4\r\nhi\r\nBDAT 6 LAST\r\nQUIT\r\nMAIL FROM:<>\r\n"
            + "RSET\r\n",
        "HELO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<x@temp.example>\r\nDATA\r\n.\r\nMAIL FROM:<>\r\n"
            + "RCPT TO:<y@temp.example>\r\nDATA\r\n\r\n.\r\nNOOP\r\n",
        "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<x@temp.example>\r\nDATA\r\na\n.\nMAIL FROM:<evil@b>\r\n"
            + "RCPT TO:<y@temp.example>\r\nDATA\r\nb\r\n.\r\nQUIT\r\n",
    ];

    private static readonly string[] Tokens =
        ["\r", "\n", ".", "\0", "\r\n", "\r\n.\r\n", "\n.\n", "\r.\r", "DATA\r\n",
            "RSET\r\n", "BDAT 3\r\n", "BDAT 2 LAST\r\n", "BDAT 0\r\n", "BDAT x\r\n", "EHLO c\r\n", "MAIL FROM:<>\r\n",
            "RCPT TO:<z@temp.example>\r\n", " ", "\xff"];

    [Fact]
    public async Task Broken_conversations_are_framed_as_the_reference_frames_them()
    {
        var inputs = LongFactAttribute.IsLongRun ? 10_000_000 : 1_000_000;
        var started = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(
            Seed, Workers).Select(seed => Task.Run(() => CompareAsync(seed, inputs / Workers)));
        var messages = (await Task.WhenAll(workers)).Sum();
        output.WriteLine($"seeds from {Seed}, {inputs} conversations, {messages} messages, "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
        Assert.InRange(messages, inputs / 10, inputs);
    }

    /// <summary>Returns how many messages came of it.</summary>
    private static async Task<long> CompareAsync(int seed, int inputs)
    {
        var (sink, random, pipe, accepted) = (new FakeSink(), new Random(seed), new InMemoryPipe(), 0L);
        await using var services = SmtpFixture.CreateServices(
            sink, new FakePolicies(), new ManualTime(), "Smtp:ForbidUnauthorizedPipelining=false");
        var shared = services.GetRequiredService<SmtpShared>();
        for (var i = 0; i < inputs; i++)
        {
            var input = Mutate(Seeds[random.Next(Seeds.Length)], random);
            var replies = await ConverseAsync(shared, pipe, input, random);
            var messages = sink.Messages.Select(static m => Encoding.Latin1.GetString(m.Content.Span)).ToList();
            var difference = ReferenceSession.Compare(input, replies, messages);
            if (difference is not null)
            {
                Assert.Fail(
                    $"seed {seed}, input {i}: {difference}\n{Convert.ToHexString(Encoding.Latin1.GetBytes(input))}");
            }

            accepted += messages.Count;
            sink.Messages.Clear();
        }

        return accepted;
    }

    private static string Mutate(string input, Random random)
    {
        var text = new StringBuilder(input);
        for (var i = random.Next(4); i >= 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                    break;
                case 1:
                    text[at] = (char)random.Next(256);
                    break;
                case 2:
                    text.Length = at + 1;
                    break;
                default:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }

            text.Append(text.Length == 0 ? "\r\n" : "");
        }

        return text.ToString();
    }

    /// <summary>All of the input, cut at random places, and the end of the connection.</summary>
    private static async Task<string> ConverseAsync(SmtpShared shared, InMemoryPipe pipe, string input, Random random)
    {
        var peer = new SmtpPeer(IPAddress.Loopback, "MUTATION", IsExempt: true);
        await using var transport = new SmtpTransport(pipe.Server, peer.Reference, shared.Options, shared.Time);
        using var session = new SmtpSession(shared, peer, transport);
        var running = session.RunAsync(CancellationToken.None);
        var octets = Encoding.Latin1.GetBytes(input);
        // Most come in two or three pieces: each costs as much as several commands.
        var longest = random.Next(8) == 0 ? random.Next(1, 64) : octets.Length;
        for (var sent = 0; sent < octets.Length && !running.IsCompleted;)
        {
            var part = Math.Min(random.Next(1, longest + 1), octets.Length - sent);
            await pipe.Client.Output.WriteAsync(octets.AsMemory(sent, part));
            sent += part;
        }

        await pipe.Client.Output.CompleteAsync();
        Assert.True(running.IsCompletedSuccessfully, running.Exception?.ToString() ?? "It hangs.");
        await pipe.Server.Output.CompleteAsync();
        var result = await pipe.Client.Input.ReadAtLeastAsync(int.MaxValue);
        var replies = Encoding.ASCII.GetString(result.Buffer);
        await pipe.ResetAsync();
        return replies;
    }
}
