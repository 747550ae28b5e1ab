using System.Buffers;
using System.Text;
using Cybertemp.Mail.Announcements;

namespace Cybertemp.Tests.Mail.Announcements;

public sealed class AnnouncementContractTests
{
    private static readonly AnnouncedMessage[] Some =
    [
        new(
            "box@temp.example", Guid.CreateVersion7(), Guid.CreateVersion7(),
            new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        new("\"a\\\"b\"@xn--bcher-kva.example", Guid.CreateVersion7(), Guid.CreateVersion7(), DateTime.UnixEpoch),
        new("gr\u00fc\u00dfe@temp.example", Guid.CreateVersion7(), Guid.CreateVersion7(), DateTime.UnixEpoch),
    ];

    [Fact]
    public void Reads_what_it_wrote()
    {
        Assert.Equal(Some, Read(Write(Some), out var isWhole));
        Assert.True(isWhole);
        Assert.Empty(Read(Write([]), out isWhole));
        Assert.True(isWhole);
    }

    [Fact]
    public void Passes_over_what_a_later_version_adds()
    {
        var later = Encoding.UTF8.GetString(Write(Some)).Replace(
            "{\"inbox\"", "{\"more\":{\"a\":[1,{}]},\"inbox\"", StringComparison.Ordinal);
        Assert.Equal(Some, Read(Encoding.UTF8.GetBytes(later), out var isWhole));
        Assert.True(isWhole);
    }

    /// <summary>Whoever can write to Redis can write anything there.</summary>
    [Fact]
    public void Takes_mutations_for_what_they_are()
    {
        var (random, valid) = (new Random(11), Write(Some));
        for (var i = 0; i < 20_000; i++)
        {
            var mutant = valid.AsSpan(0, random.Next(valid.Length + 1)).ToArray();
            for (var edits = random.Next(3); edits > 0 && mutant.Length > 0; edits--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            Assert.All(Read(mutant, out _), static m => Assert.NotEmpty(m.Inbox));
        }

        Assert.Empty(Read("null"u8.ToArray(), out var isWhole));
        Assert.False(isWhole);
        Assert.Empty(Read("[{\"inbox\":\"a@b\"}]"u8.ToArray(), out isWhole));
        Assert.False(isWhole);
    }

    private static byte[] Write(AnnouncedMessage[] messages)
    {
        var written = new ArrayBufferWriter<byte>();
        AnnouncementContract.Write(written, messages);
        return written.WrittenSpan.ToArray();
    }

    private static List<AnnouncedMessage> Read(byte[] announcement, out bool isWhole)
    {
        var read = new List<AnnouncedMessage>();
        isWhole = AnnouncementContract.TryRead(announcement, read.Add);
        return read;
    }
}
