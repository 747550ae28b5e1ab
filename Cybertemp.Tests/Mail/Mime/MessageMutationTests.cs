using System.Text;
using System.Text.Json;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime;

public class MessageMutationTests
{
    private const int Messages = 200_000;
    private const int Seed = 20261122;
    private const int MaxAllocatedPerByte = 16;

    /// <summary>Objects that a message of any length needs.</summary>
    private const int MaxAllocatedForNothing = 512 * 1024;

    private static readonly MessageReader Reader = new(new MimeLimits());

    [Fact]
    public void Every_broken_message_has_a_mapping_within_bounds()
    {
        byte[][] corpus = [.. MimeCorpus.Names.Select(MimeCorpus.Read).Where(message => message.Length < 4096)];
        Assert.All(corpus, message => Reader.Read(message));
        var mutator = new MessageMutator(Seed, corpus);
        for (var count = 0; count < Messages; count++)
        {
            var message = mutator.Next();
            AssertSound(message, Reader.Read(message));
            AssertModest(message);
        }
    }

    [Theory]
    [InlineData("c-long-header.eml")]
    [InlineData("c-deep-nesting.eml")]
    public void Large_messages_too(string name)
    {
        var mutator = new MessageMutator(Seed, [MimeCorpus.Read(name)]);
        for (var count = 0; count < 200; count++)
        {
            var message = mutator.Next();
            AssertSound(message, Reader.Read(message));
        }
    }

    /// <summary>The second reading: what the runtime and the pools keep for good is not counted.</summary>
    private static void AssertModest(byte[] message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Reader.Read(message);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated <= MaxAllocatedForNothing + ((long)message.Length * MaxAllocatedPerByte),
            $"{allocated} bytes for {message.Length}: {Encoding.Latin1.GetString(message)}");
    }

    private static void AssertSound(byte[] message, ParsedMessage parsed)
    {
        var isParsed = !parsed.ParseNote.StartsWith("The message could not be parsed", StringComparison.Ordinal)
            || parsed.ParseNote.EndsWith("Failed to parse entity headers.", StringComparison.Ordinal);
        Assert.True(isParsed, $"{parsed.ParseNote}: {Encoding.Latin1.GetString(message)}");
        string[] strings =
        [
            parsed.Subject, parsed.Text, parsed.Html, parsed.FromName, parsed.FromAddress, parsed.MessageId,
            parsed.ParseNote, parsed.Attachments, parsed.Headers, .. parsed.From,
        ];
        Assert.All(strings, AssertStorable);
        AssertJson(parsed.Attachments);
        AssertJson(parsed.Headers);
    }

    private static void AssertStorable(string text)
    {
        Assert.DoesNotContain('\0', text);
        _ = StrictUtf8.GetByteCount(text);
    }

    private static void AssertJson(string json)
    {
        Assert.DoesNotContain("\\u0000", json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Array, document.RootElement.ValueKind);
    }

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
