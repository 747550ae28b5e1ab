using System.Globalization;
using System.Text;

namespace Cybertemp.Mail.Inboxes;

/// <summary>
/// Writes mbox in the variant "mboxrd" (RFC 4155 appendix A): From lines quoted reversibly, LF line ends, with the
/// Return-Path and Received fields that final delivery adds (RFC 5321 §4.4).
/// </summary>
internal sealed class MboxWriter(Stream output)
{
    private static readonly byte[] Newline = "\n"u8.ToArray();

    public async Task WriteAsync(InboxMessage message, CancellationToken ct)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(Trace(message)), ct);
        var lines = message.Raw.AsMemory();
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            await WriteLineAsync(line, ct);
        }

        await output.WriteAsync(Newline, ct);
    }

    private static string Trace(InboxMessage message)
    {
        var culture = CultureInfo.InvariantCulture;
        var sender = OneLine(message.MailFrom);
        var envelopeSender = sender.Length == 0 || sender.Contains(' ', StringComparison.Ordinal)
            ? "MAILER-DAEMON"
            : sender;
        var address = message.ClientAddress.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"IPv6:{message.ClientAddress}"
            : $"{message.ClientAddress}";
        return string.Create(
            culture,
            $"""
            From {envelopeSender} {message.ReceivedAt:ddd MMM dd HH:mm:ss yyyy}
            Return-Path: <{sender}>
            Received: from {OneLine(message.Helo)} ([{address}]) by cybertemp with ESMTP id {message.MessageUid}
            	for <{OneLine(message.Inbox)}>; {message.ReceivedAt:ddd, dd MMM yyyy HH:mm:ss} +0000

            """);
    }

    private async Task WriteLineAsync(ReadOnlyMemory<byte> line, CancellationToken ct)
    {
        var text = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
        if (text.Span.TrimStart((byte)'>').StartsWith("From "u8))
        {
            await output.WriteAsync(">"u8.ToArray(), ct);
        }

        await output.WriteAsync(text, ct);
        await output.WriteAsync(Newline, ct);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
