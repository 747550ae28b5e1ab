using System.IO.Pipelines;
using System.Net;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// Whole conversations, broken at random: whatever comes, no exception escapes, nothing hangs, and the server frames
/// commands, DATA and chunks exactly as the reference reader does.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 6152;

    private static readonly string[] Seeds =
    [
        "EHLO c\r\nMAIL FROM:<a@b> SIZE=9\r\nRCPT TO:<x@temp.example>\r\nDATA\r\nhi\r\n..\r\n.\r\nQUIT\r\n",
        "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@temp.example>\r\nBDAT 4\r\nhi\r\nBDAT 6 LAST\r\nQUIT\r\nMAIL FROM:<>\r\nRSET\r\n",
        "HELO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<x@temp.example>\r\nDATA\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<y@temp.example>\r\nDATA\r\n\r\n.\r\nNOOP\r\n",
        "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<x@temp.example>\r\nDATA\r\na\n.\nMAIL FROM:<evil@b>\r\nRCPT TO:<y@temp.example>\r\nDATA\r\nb\r\n.\r\nQUIT\r\n",
    ];

    private static readonly string[] Tokens =
        ["\r", "\n", ".", "\0", "\r\n", "\r\n.\r\n", "\n.\n", "\r.\r", "DATA\r\n", "RSET\r\n", "BDAT 3\r\n", "BDAT 2 LAST\r\n", "BDAT 0\r\n", "BDAT x\r\n", "EHLO c\r\n", "MAIL FROM:<>\r\n", "RCPT TO:<z@temp.example>\r\n", " ", "\xff"];

    [Fact]
    public Task Broken_conversations_are_framed_as_the_reference_frames_them() => Inline.Run(CompareAllAsync);

    private async Task CompareAllAsync()
    {
        var inputs = LongFactAttribute.IsLongRun ? 1_000_000 : 20_000;
        output.WriteLine($"seed {Seed}, {inputs} inputs; --long sends a million");
        var (sink, random) = (new FakeSink(), new Random(Seed));
        await using var services = SmtpFixture.CreateServices(sink, new FakePolicies(), new ManualTime());
        var server = services.GetRequiredService<SmtpServer>();
        for (var i = 0; i < inputs; i++)
        {
            var input = Mutate(Seeds[random.Next(Seeds.Length)], random);
            var replies = await ConverseAsync(server, input, random);
            var messages = sink.Messages.Select(static m => Encoding.Latin1.GetString(m.Content.Span)).ToList();
            var difference = ReferenceSession.Compare(input, replies, messages);
            Assert.True(difference is null, $"seed {Seed}, input {i}: {difference}\n{Convert.ToHexString(Encoding.Latin1.GetBytes(input))}");
            sink.Messages.Clear();
        }
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
    private static async Task<string> ConverseAsync(SmtpServer server, string input, Random random)
    {
        var pipe = new InMemoryPipe();
        var peer = new SmtpPeer(IPAddress.Loopback, "MUTATION", IsExempt: true);
        await using var transport = new SmtpTransport(pipe.Server, peer.Reference, server.Options, server.Time);
        using var session = new SmtpSession(server, peer, transport);
        var running = session.RunAsync(CancellationToken.None);
        var octets = Encoding.Latin1.GetBytes(input);
        for (var sent = 0; sent < octets.Length && !running.IsCompleted;)
        {
            var part = Math.Min(random.Next(1, 64), octets.Length - sent);
            await pipe.Client.Output.WriteAsync(octets.AsMemory(sent, part));
            sent += part;
        }

        await pipe.Client.Output.CompleteAsync();
        Assert.True(running.IsCompletedSuccessfully, running.Exception?.ToString() ?? "It hangs.");
        await pipe.Server.Output.CompleteAsync();
        return await ReadAllAsync(pipe.Client.Input);
    }

    private static async Task<string> ReadAllAsync(PipeReader input)
    {
        while (true)
        {
            var result = await input.ReadAsync();
            if (result.IsCompleted)
            {
                return Encoding.ASCII.GetString(result.Buffer);
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
