using System.Text;
using MimeKit;

namespace Cybertemp.Cli.Sending;

/// <summary>A mail as a program of today would write it.</summary>
internal sealed record TestMail(
    string From, IReadOnlyList<string> Recipients, string Subject, string Text, string? Html,
    IReadOnlyList<FileInfo> Attachments, Encoding Charset)
{
    private const int MaxLineLength = 78;

    /// <summary>The message's octets, in seven bits unless an address needs more; lines end with CRLF.</summary>
    /// <exception cref="EncoderFallbackException">The charset lacks a character.</exception>
    public async Task<byte[]> ToOctetsAsync(CancellationToken ct)
    {
        using var message =
            new MimeMessage { MessageId = $"{Guid.CreateVersion7()}@cybertemp.invalid", Body = await BodyAsync(ct) };
        message.From.Add(new MailboxAddress(null, From));
        message.To.AddRange(Recipients.Select(static r => new MailboxAddress(null, r)));
        _ = Charset.GetByteCount(Subject);
        message.Headers.Replace(HeaderId.Subject, Charset, Subject);
        message.Prepare(EncodingConstraint.SevenBit, MaxLineLength);

        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !Recipients.Append(From).All(static a => Ascii.IsValid(a));
        await using var octets = new MemoryStream();
        await message.WriteToAsync(format, octets, ct);
        return octets.ToArray();
    }

    private async Task<MimeEntity> BodyAsync(CancellationToken ct)
    {
        MimeEntity body = Html is null
            ? Part("plain", Text)
            : new MultipartAlternative { Part("plain", Text), Part("html", Html) };
        if (Attachments.Count == 0)
        {
            return body;
        }

        var mixed = new Multipart("mixed") { body };
        foreach (var file in Attachments)
        {
            mixed.Add(new MimePart(MimeTypes.GetMimeType(file.Name))
            {
                Content = new MimeContent(new MemoryStream(await File.ReadAllBytesAsync(file.FullName, ct))),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = file.Name },
                ContentTransferEncoding = ContentEncoding.Base64,
            });
        }

        return mixed;
    }

    private TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype);
        part.SetText(Charset, text);
        return part;
    }
}
