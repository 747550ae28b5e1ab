using BenchmarkDotNet.Attributes;
using Cybertemp.Mail.Mime;
using MimeKit;

namespace Cybertemp.Benchmarks.Micro;

/// <summary>
/// What is stored of usual messages, beside parse, bodies and attachments of the same message by MimeKit alone.
/// </summary>
[MemoryDiagnoser]
public class MimeBenchmarks
{
    private readonly MessageReader _reader = new(new MimeLimits());
    private byte[] _message = [];

    /// <summary>A usual message.</summary>
    public enum Sample
    {
        Plain1KB,
        Alternative4KB,
        Alternative8KB,
        Attachment200KB,
    }

    [ParamsAllValues]
    public Sample Mail { get; set; }

    [GlobalSetup]
    public void Create() => _message = Mail switch
    {
        Sample.Plain1KB => SampleMessages.Plain(),
        Sample.Alternative4KB => SampleMessages.SmallAlternative(),
        Sample.Alternative8KB => SampleMessages.Alternative(),
        Sample.Attachment200KB => SampleMessages.WithAttachment(),
    };

    [Benchmark(Baseline = true)]
    public object MimeKitAlone()
    {
        using var stream = new MemoryStream(_message, 0, _message.Length, writable: false, publiclyVisible: true);
        var message = MimeMessage.Load(ParserOptions.Default, stream, persistent: true);
        _ = message.Subject;
        _ = message.From.Count;
        _ = message.Date;
        _ = message.MessageId;
        _ = message.TextBody;
        _ = message.HtmlBody;
        foreach (var attachment in message.Attachments.OfType<MimePart>())
        {
            _ = attachment.FileName;
            attachment.Content?.DecodeTo(Stream.Null);
        }

        return message;
    }

    [Benchmark]
    public object AllThatIsStored() => _reader.Read(_message);
}
