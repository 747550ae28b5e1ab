using System.Globalization;
using Cybertemp.Mail.Mime;
using MimeKit;

namespace Cybertemp.Benchmarks;

/// <summary>
/// Parse, bodies, attachments of three usual messages through the MimeKit API, and the whole mapping on top of it.
/// MimeKit 4.17 itself needs 5.5, 23 and 210 us for the first.
/// </summary>
internal sealed class MimeParsing
{
    private readonly MessageReader _reader = new(new MimeLimits());

    public static void Run(TextWriter output, string[] arguments)
    {
        if (arguments is ["hostile", .. var octets])
        {
            new MimeParsingHostile().Run(output, octets is [var length]
                ? int.Parse(length, CultureInfo.InvariantCulture)
                : 1_000_000);
            return;
        }

        new MimeParsing().Run(output);
    }

    private void Run(TextWriter output)
    {
        (string Name, byte[] Message)[] messages =
        [
            ("1 KB plain", SampleMessages.Plain()),
            ("4 KB alternative", SampleMessages.SmallAlternative()),
            ("8 KB alternative", SampleMessages.Alternative()),
            ("200 KB with attachment", SampleMessages.WithAttachment()),
        ];
        Measurement.Report(output, [.. messages.SelectMany(sample => new (string, Action)[]
        {
            ($"MimeParsing, {sample.Name} ({sample.Message.Length} bytes)", () => Parse(sample.Message)),
            ($"MessageReader, {sample.Name}", () => _reader.Read(sample.Message)),
        })]);
    }

    private static void Parse(byte[] content)
    {
        using var stream = new MemoryStream(content, 0, content.Length, writable: false, publiclyVisible: true);
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
    }
}
