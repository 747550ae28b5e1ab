using BenchmarkDotNet.Attributes;
using Cybertemp.Mail.Mime;
using Cybertemp.Tests.Mail.Mime;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>Messages made to be costly: time and bytes are those of one octet.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 2, iterationCount: 7)]
public class HostileMimeBenchmarks
{
    private const int Octets = 1_000_000;

    private readonly MessageReader _reader = new(new MimeLimits());
    private byte[] _message = [];

    public static IEnumerable<string> Shapes => HostileMessages.OfLength(1_000).Select(static m => m.Name);

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Create() => _message = HostileMessages.OfLength(Octets).First(m => m.Name == Shape).Message;

    [Benchmark(OperationsPerInvoke = Octets)]
    public object AllThatIsStored() => _reader.Read(_message);
}
