using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cybertemp.Mail.Mime;

namespace Cybertemp.Tests.Mail.Mime.Bounds;

/// <summary>
/// No message costs much more than its length. The benchmark "micro --filter *Hostile*" has the figures; bounds are
/// wide, but a cost that grows with the square of a length is beyond them.
/// </summary>
public class HostileMessageTests
{
    private const string ThreadStatistics = "/proc/thread-self/schedstat";
    private const int Octets = 1_000_000;
    private const long MaxAllocatedPerOctet = 16;
    private const long MaxAllocatedForNothing = 256 * 1024;

    private const double MaxNanosecondsPerOctet = 800;

    private static readonly MessageReader Reader = new(new MimeLimits());
    private static readonly Dictionary<string, byte[]> Shapes =
        HostileMessages.OfLength(Octets)
            .ToDictionary(shape => shape.Name, shape => shape.Message, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Costs_no_more_than_its_length(string name)
    {
        var message = Shapes[name];
        Reader.Read(message);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = ThreadTime();

        Reader.Read(message);

        Assert.InRange((ThreadTime() - started) / message.Length, 0, MaxNanosecondsPerOctet);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.InRange(allocated, 0, MaxAllocatedForNothing + (message.Length * MaxAllocatedPerOctet));
    }

    [Theory]
    [InlineData(256 * 1024)]
    [InlineData(2 * 1024 * 1024)]
    public void A_long_folded_field_in_a_part_is_cut_and_the_part_is_read(int octets)
    {
        var field = string.Concat(Enumerable.Repeat(new string('a', 60) + "\r\n ", octets / 63));
        var message =
            "From: a@quarry.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b"
            + $"\r\n\r\n--b\r\nX: {field}\r\n\r\nx\r\n--b--\r\n";

        var parsed = Reader.Read(Encoding.ASCII.GetBytes(message));

        Assert.Equal("x", parsed.Subject);
        Assert.Equal("x", parsed.Text);
        Assert.Equal("Header fields that are too many or too long were cut.", parsed.ParseNote);
    }

    /// <summary>
    /// The parser takes the end of a header line for a delimiter when its buffer happens to begin there: then the part
    /// that it sees is a message, the one that is written is a text. The buffer has 4,096 octets.
    /// </summary>
    [Theory]
    [InlineData("digest", "")]
    [InlineData("mixed", "Content-Type: message/rfc822\r\n")]
    public void A_header_behind_a_delimiter_that_ends_a_header_line_is_bounded(string subtype, string type)
    {
        Reader.Read("Subject: x"u8.ToArray());
        var field = string.Concat(Enumerable.Repeat("a\r\n ", 12_000));
        for (var padding = 0; padding < 4_300; padding += padding < 3_700 ? 8 : 1)
        {
            var message = Encoding.ASCII.GetBytes(
                $"Content-Type: multipart/{subtype}; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n"
                + $"Content-Transfer-Encoding: base64\r\nX: {new string('a', padding)}--b\r\n{type}\r\n"
                + $"X: {field}\r\n\r\nx\r\n--b--\r\n");
            var allocated = GC.GetAllocatedBytesForCurrentThread();

            Reader.Read(message);

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(
                allocated < MaxAllocatedForNothing + (message.Length * MaxAllocatedPerOctet),
                $"{allocated} bytes with {padding}");
        }
    }

    /// <summary>
    /// Nanoseconds; where the system tells it, only those on a processor: other tests run beside this one.
    /// </summary>
    private static double ThreadTime() => File.Exists(ThreadStatistics)
        ? double.Parse(File.ReadAllText(ThreadStatistics).Split(' ')[0], CultureInfo.InvariantCulture)
        : Stopwatch.GetElapsedTime(0).TotalNanoseconds;
}
