using System.Buffers;
using System.Text;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Contents;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>
/// RFC 2047, read as it was meant: words may be glued to others, hold blanks, be cut within a character and lack their
/// padding. What is no encoded-word is left as it is.
/// </summary>
internal ref struct EncodedWords(string text)
{
    private const int MaxCharsetLength = 75;
    private const int UsualLength = 75;

    private readonly StringBuilder _decoded = new();
    private readonly ArrayBufferWriter<byte> _octets = new();
    private ReadOnlySpan<char> _rest = text;
    private ReadOnlySpan<char> _charset = [];

    public static string Decode(string text)
    {
        var words = new EncodedWords(text);
        words.Decode();
        return words._decoded.ToString();
    }

    private void Decode()
    {
        var searched = 0;
        var behindLastWord = _rest.Length - _rest.LastIndexOf("?=");
        while (_rest.Length - searched > behindLastWord && _rest[searched..].IndexOf("=?") is var start and >= 0)
        {
            start += searched;
            if (TryReadWord(_rest[start..], out var charset, out var encoding, out var payload))
            {
                Append(_rest[..start], charset, encoding, payload);
                _rest = _rest[(start + charset.Length + payload.Length + 7)..];
                searched = 0;
            }
            else
            {
                searched = start + 2;
            }
        }

        EndWords();
        _decoded.Append(_rest);
    }

    /// <summary>Words of one charset are decoded together; blanks between words are not text (RFC 2047 §6.2).</summary>
    private void Append(
        ReadOnlySpan<char> before, ReadOnlySpan<char> charset, char encoding, ReadOnlySpan<char> payload)
    {
        var isAdjacent = _octets.WrittenCount > 0 && before.IsWhiteSpace();
        if (!isAdjacent || !charset.Equals(_charset, StringComparison.OrdinalIgnoreCase))
        {
            EndWords();
            _decoded.Append(isAdjacent ? [] : before);
            _charset = charset;
        }

        // Octets above 127 have no place here: they were decoded before, as UTF-8 mostly.
        var raw = payload.Length <= UsualLength ? stackalloc byte[UsualLength * 3] : new byte[payload.Length * 3];
        raw = raw[..Encoding.UTF8.GetBytes(payload, raw)];
        var octets = _octets.GetSpan(raw.Length + 1);
        _octets.Advance(encoding is 'B' or 'b' ? Base64Octets.Decode(raw, octets) : DecodeQ(raw, octets));
    }

    private void EndWords()
    {
        var language = _charset.IndexOf('*');
        var charset = Charset.Find(language < 0 ? _charset : _charset[..language]);
        _decoded.Append(OctetText.Decode(_octets.WrittenSpan, charset));
        _octets.ResetWrittenCount();
        _charset = [];
    }

    private static int DecodeQ(Span<byte> raw, Span<byte> octets)
    {
        raw.Replace((byte)'_', (byte)' ');
        return QuotedPrintableOctets.Decode(raw, octets);
    }

    /// <summary>Reads one encoded-word (RFC 2047 §2); false for what is none.</summary>
    /// <param name="text">Begins with "=?".</param>
    private static bool TryReadWord(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> charset, out char encoding, out ReadOnlySpan<char> payload)
    {
        charset = payload = [];
        encoding = default;
        var length = text[2..Math.Min(text.Length, 2 + MaxCharsetLength)].IndexOfAny("? \t");
        if (length <= 0 || text[(length + 2)..] is not ['?', 'B' or 'b' or 'Q' or 'q', '?', .. var rest]
            || rest.IndexOf("?=") is var end && end < 0)
        {
            return false;
        }

        charset = text.Slice(2, length);
        encoding = text[length + 3];
        payload = rest[..end];
        return true;
    }
}
