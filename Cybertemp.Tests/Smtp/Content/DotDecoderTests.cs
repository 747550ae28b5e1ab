using System.Text;
using Cybertemp.SmtpReceiver.Smtp.Content;
using Cybertemp.Tests.Smtp.Limits;

namespace Cybertemp.Tests.Smtp.Content;

/// <summary>The end of DATA: design table of look-alikes, RFC 5321 §4.1.1.4 and §4.5.2.</summary>
public sealed class DotDecoderTests
{
    private static readonly string[] LineEnds = ["\r", "\n", "\r\n"];

    public static TheoryData<string> LookAlikes()
    {
        var data = new TheoryData<string>();
        foreach (var before in (string[])["", .. LineEnds])
        {
            foreach (var after in LineEnds)
            {
                foreach (var dot in (string[])[".", "\0.", ".\0", "\0.\0", "\0\0."])
                {
                    if (dot != "." || before is not ("" or "\r\n") || after != "\r\n")
                    {
                        data.Add(before + dot + after);
                    }
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(LookAlikes))]
    public void A_look_alike_never_ends_a_message_and_is_remembered(string lookAlike)
    {
        foreach (var start in lookAlike[0] is '\r' or '\n' ? (string[])["", "text", "text\r\n"] : ["", "text\r\n"])
        {
            var message = start + lookAlike + "MAIL FROM:<x@y>\r\n.\r\n";
            foreach (var step in (int[])[1, 2, int.MaxValue])
            {
                var (decoder, _, used) = Decode(message, step);
                Assert.True(decoder.IsComplete && decoder.SawLookAlike, message);
                Assert.Equal(message.Length, used);
            }
        }
    }

    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("..\r\n.\r\n", ".\r\n")]
    [InlineData("...\r\n.\r\n", "..\r\n")]
    [InlineData(".x\r\n.\r\n", "x\r\n")]
    [InlineData("a\nb\rc\0d\r\n.\r\n", "a\nb\rc\0d\r\n")]
    [InlineData("a\n..\r\n.\r\n", "a\n..\r\n")]
    [InlineData("a\n.b\r\n.\r\n", "a\n.b\r\n")]
    [InlineData("a\r.b\r\n.\r\n", "a\r.b\r\n")]
    [InlineData("a\r\r\n.\r\n", "a\r\r\n")]
    [InlineData("\r\n.\r\n", "\r\n")]
    [InlineData("\r\n\r\n..\r\n.\r\n", "\r\n\r\n.\r\n")]
    [InlineData("\0\r\n.\r\n", "\0\r\n")]
    [InlineData("a.\r\n.\r\n", "a.\r\n")]
    public void Every_other_octet_is_content(string message, string content)
    {
        foreach (var step in (int[])[1, 2, 3, int.MaxValue])
        {
            var (decoder, decoded, used) = Decode(message + "QUIT\r\n", step);
            Assert.True(decoder.IsComplete && !decoder.SawLookAlike);
            Assert.Equal(content, decoded);
            Assert.Equal(message.Length, used);
        }
    }

    [Theory]
    [InlineData("a\r\n.\r\n")]
    [InlineData(".\r\n")]
    [InlineData("a\n.\n.\r\r\n.\r\n")]
    public void A_message_cut_anywhere_is_not_complete(string message)
    {
        for (var length = 0; length < message.Length; length++)
        {
            Assert.False(Decode(message[..length], int.MaxValue).Decoder.IsComplete);
        }

        Assert.True(Decode(message, int.MaxValue).Decoder.IsComplete);
    }

    [Fact]
    public void A_line_of_any_length_is_kept()
    {
        var line = new string('x', 1_000_000) + "\r\n";
        Assert.Equal(line, Decode(line + ".\r\n", 4096).Content);
    }

    [Fact]
    public void Agrees_with_the_reference_on_a_million_inputs()
    {
        const int Seed = 20261122;
        const string Octets = "\r\n.\r\n.\0a";
        var random = new Random(Seed);
        var (decoder, content, input) = (new DotDecoder(), new ContentBuffer(Budgets.Plenty()), new byte[24]);
        for (var i = 0; i < 1_000_000; i++)
        {
            var octets = input.AsSpan(0, random.Next(1, input.Length));
            foreach (ref var octet in octets)
            {
                octet = (byte)Octets[random.Next(Octets.Length)];
            }

            decoder.Start();
            Assert.True(content.TryStart(input.Length, expected: 0));
            var split = random.Next(octets.Length);
            var used = decoder.Decode(octets[..split], content);
            used += decoder.Decode(octets[split..], content);
            var text = Encoding.Latin1.GetString(octets);
            Assert.True(
                Agrees(text, decoder, content, used),
                $"seed {Seed}, input {i}: {Convert.ToHexString(octets)} cut at {split}");
        }
    }

    private static bool Agrees(string text, DotDecoder decoder, ContentBuffer content, int used)
    {
        var length = ReferenceDots.Length(text);
        if (length < 0)
        {
            return !decoder.IsComplete && used == text.Length;
        }

        var isLookAlike = ReferenceDots.HasLookAlike(text[..length]);
        return decoder.IsComplete && used == length && decoder.SawLookAlike == isLookAlike
            && (isLookAlike || Encoding.Latin1.GetString(content.Take().Span) == ReferenceDots.Decode(text[..length]));
    }

    private static (DotDecoder Decoder, string Content, int Used) Decode(string input, int step)
    {
        var (decoder, content, used) = (new DotDecoder(), new ContentBuffer(Budgets.Plenty()), 0);
        decoder.Start();
        Assert.True(content.TryStart(input.Length, expected: 0));
        var octets = Encoding.Latin1.GetBytes(input);
        while (used < octets.Length && !decoder.IsComplete)
        {
            used += decoder.Decode(octets.AsSpan(used, Math.Min(step, octets.Length - used)), content);
        }

        return (decoder, Encoding.Latin1.GetString(content.Take().Span), used);
    }
}
