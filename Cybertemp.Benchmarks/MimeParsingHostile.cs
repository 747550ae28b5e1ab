using System.Diagnostics;
using System.Globalization;
using Cybertemp.Mail.Mime;
using Cybertemp.Tests.Mail.Mime;

namespace Cybertemp.Benchmarks;

/// <summary>
/// Processor time and allocated bytes for each octet of messages made to be costly, beyond what any message may cost.
/// The process's time counts, that of the garbage collector too; the best of some rounds, when the code has been
/// compiled.
/// </summary>
internal sealed class MimeParsingHostile
{
    private const int Rounds = 15;
    private const double FreeMicroseconds = 100;
    private const double FreeBytes = 256 * 1024;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(20);

    private readonly MessageReader _reader = new(new MimeLimits());

    public void Run(TextWriter output, int octets)
    {
        var messages = HostileMessages.OfLength(octets).ToList();
        messages.ForEach(shape => CountPerRound(shape.Message));
        foreach (var (name, message) in messages)
        {
            var count = CountPerRound(message);
            var microseconds = Enumerable.Range(0, Rounds).Min(_ => MicrosecondsOf(message, count));
            var bytes = BytesOf(message);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-32} {message.Length,10:N0} octets {microseconds,10:N0} us {PerOctet(microseconds * 1000, FreeMicroseconds * 1000, message),6:F1} ns/octet {bytes,12:N0} bytes {PerOctet(bytes, FreeBytes, message),6:F1} bytes/octet"));
        }
    }

    private static double PerOctet(double cost, double free, byte[] message) =>
        Math.Max(cost - free, 0) / message.Length;

    private int CountPerRound(byte[] message)
    {
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < WarmUp; count++)
        {
            _reader.Read(message);
        }

        return Math.Max((int)(count * RoundTime / WarmUp), 1);
    }

    private double MicrosecondsOf(byte[] message, int count)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (var index = 0; index < count; index++)
        {
            _reader.Read(message);
        }

        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / count;
    }

    private long BytesOf(byte[] message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _reader.Read(message);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
