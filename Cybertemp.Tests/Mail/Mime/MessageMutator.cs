namespace Cybertemp.Tests.Mail.Mime;

/// <summary>Broken messages made from whole ones; the same seed gives the same messages.</summary>
internal sealed class MessageMutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] Tokens =
    [
        [.. "\r\n"u8], [.. "\n"u8], [.. "\r"u8], [0], [0xFF], [0xEF, 0xBB, 0xBF], [0xED, 0xA0, 0x80], [.. "--b\r\n"u8],
        [.. "--b--\r\n"u8], [.. "=?utf-8?Q?"u8], [.. "?="u8], [.. "=?x?B?"u8], [.. "("u8], [.. "\\"u8], [.. "\""u8],
        [.. "<"u8], [.. "@"u8], [.. ","u8], [.. ";"u8], [.. ":"u8], [.. "xn--"u8], [.. "="u8], [.. "filename*1*=%"u8],
        [.. "\r\nContent-Type: multipart/mixed; boundary=b\r\n"u8], [.. "\r\nContent-Type: message/rfc822\r\n\r\n"u8],
        [.. "\r\nContent-Type: text/html; charset=utf-7\r\n"u8], [.. "<a href='x"u8], [.. "<!--"u8], [.. "<script>"u8],
        [.. "\r\nContent-Transfer-Encoding: base64\r\n"u8], [.. "\r\nContent-Transfer-Encoding: x-uuencode\r\n"u8],
        [.. "\r\nContent-Transfer-Encoding: quoted-printable\r\n"u8], [.. "charset=utf-16"u8], [.. "begin 644 x\r\n"u8],
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var message = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var edits = _random.Next(1, 8); edits > 0; edits--)
        {
            Edit(message);
        }

        return [.. message];
    }

    private void Edit(List<byte> message)
    {
        var position = _random.Next(message.Count + 1);
        var length = Math.Min(_random.Next(1, 64), message.Count - position);
        switch (_random.Next(6))
        {
            case 0 when length > 0:
                message[position] = (byte)_random.Next(256);
                break;
            case 1:
                message.RemoveRange(position, length);
                break;
            case 2:
                message.InsertRange(_random.Next(message.Count + 1), message.GetRange(position, length));
                break;
            case 3:
                message.RemoveRange(position, _random.Next(8) == 0 ? message.Count - position : 0);
                break;
            case 4:
                var other = corpus[_random.Next(corpus.Count)];
                message.InsertRange(position, other.AsSpan(_random.Next(other.Length + 1)));
                break;
            default:
                message.InsertRange(position, Tokens[_random.Next(Tokens.Length)]);
                break;
        }
    }
}
