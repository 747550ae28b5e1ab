using System.Buffers.Binary;
using System.Text;
using Cybertemp.Mail.Mime.Charsets;

namespace Cybertemp.Mail.Mime.Winmail;

/// <summary>What a TNEF stream (winmail.dat) holds: the body of a message, and files.</summary>
internal sealed class WinmailMessage
{
    private const int MaxTextOctets = 3 * 1024 * 1024;

    private Charset _charset = Charset.Windows1252;
    private Charset? _htmlCharset;

    /// <summary>"" when there is none.</summary>
    public string Text { get; private set; } = "";

    /// <summary>"" when there is none.</summary>
    public string Html { get; private set; } = "";

    public List<WinmailFile> Files { get; } = [];

    /// <summary>Null when it is no TNEF; of a broken one what can be read.</summary>
    public static WinmailMessage? Read(ReadOnlySpan<byte> octets, int maxFiles)
    {
        var reader = new TnefReader(octets);
        if (!reader.IsTnef)
        {
            return null;
        }

        var message = new WinmailMessage();
        while (message.Files.Count <= maxFiles && reader.TryRead())
        {
            message.Take(reader.Tag, reader.Value, octets);
        }

        return message;
    }

    private void Take(uint tag, ReadOnlySpan<byte> value, ReadOnlySpan<byte> all)
    {
        switch (tag)
        {
            case TnefReader.OemCodePage when value.Length >= 4:
                _charset = Charset.Of(BinaryPrimitives.ReadInt32LittleEndian(value)) ?? _charset;
                break;
            case TnefReader.Body:
                Text = TextOf(value, isUnicode: false);
                break;
            case TnefReader.MessageProperties:
                TakeMessage(new MapiReader(value));
                break;
            case TnefReader.AttachmentBegin:
                Files.Add(new WinmailFile());
                break;
            case TnefReader.AttachmentTitle when Files is [.., var file]:
                file.Name ??= TextOf(value, isUnicode: false);
                break;
            case TnefReader.AttachmentData when Files is [.., var file]:
                SetContent(file, value, all);
                break;
            case TnefReader.AttachmentProperties when Files is [.., var file]:
                TakeFile(new MapiReader(value), file, all);
                break;
            default:
                break;
        }
    }

    private void TakeMessage(MapiReader properties)
    {
        var html = ReadOnlySpan<byte>.Empty;
        while (properties.TryRead())
        {
            switch (properties.Id)
            {
                case MapiReader.Body when Text.Length == 0:
                    Text = TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.HtmlBody when Html.Length == 0 && properties.IsUnicode:
                    Html = TextOf(properties.Value, isUnicode: true);
                    break;
                case MapiReader.HtmlBody:
                    html = properties.Value;
                    break;
                case MapiReader.InternetCodePage when properties.Value.Length >= 4:
                    _htmlCharset = Charset.Of(BinaryPrimitives.ReadInt32LittleEndian(properties.Value));
                    break;
                default:
                    break;
            }
        }

        Html = Html.Length == 0 ? Decode(html, _htmlCharset ?? _charset) : Html;
    }

    /// <summary>The long name is the name; data stands here when it is an embedded object.</summary>
    private void TakeFile(MapiReader properties, WinmailFile file, ReadOnlySpan<byte> all)
    {
        while (properties.TryRead())
        {
            switch (properties.Id)
            {
                case MapiReader.AttachedLongFileName:
                    file.Name = TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.AttachedFileName:
                    file.Name ??= TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.DisplayName:
                    file.DisplayName ??= TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.AttachedMimeTag:
                    file.ContentType ??= TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.AttachedContentId:
                    file.ContentId ??= TextOf(properties.Value, properties.IsUnicode).Trim('<', '>', ' ');
                    break;
                case MapiReader.AttachedContentLocation:
                    file.ContentLocation ??= TextOf(properties.Value, properties.IsUnicode);
                    break;
                case MapiReader.AttachedData when file.SizeBytes == 0:
                    SetContent(file, properties.Value, all);
                    break;
                default:
                    break;
            }
        }
    }

    private static void SetContent(WinmailFile file, ReadOnlySpan<byte> value, ReadOnlySpan<byte> all)
    {
        file.SizeBytes = value.Length;
        file.Offset = all.Overlaps(value, out var offset) ? offset : 0;
    }

    private string TextOf(ReadOnlySpan<byte> value, bool isUnicode) =>
        isUnicode ? Lines(Encoding.Unicode.GetString(Cut(value))) : Decode(value, _charset);

    private static string Decode(ReadOnlySpan<byte> value, Charset charset) =>
        Lines(OctetText.Decode(Cut(value), charset));

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value) => value[..Math.Min(value.Length, MaxTextOctets)];

    private static string Lines(string text) => text.TrimEnd('\0').Replace("\r\n", "\n", StringComparison.Ordinal);
}
