namespace MimeKit.Utils;

/// <summary>
/// Header text with encoded-words (RFC 2047), which may be glued to other text and hold blanks. Neighbours in one
/// charset and encoding are decoded as one, since characters are split between them.
/// </summary>
internal ref struct Rfc2047Decoder
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly StringBuilder _text;
    private readonly byte[] _run;
    private int _runLength;
    private Encoding? _runCharset;
    private bool _runIsBase64;
    private ContentDecoder? _runDecoder;

    private Rfc2047Decoder(ReadOnlySpan<byte> octets, byte[] run)
    {
        _octets = octets;
        _text = new StringBuilder(octets.Length);
        _run = run;
    }

    public static string Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.IndexOf("=?"u8) < 0 && Utf8.IsValid(octets))
        {
            return Encoding.UTF8.GetString(octets);
        }

        var run = ArrayPool<byte>.Shared.Rent(octets.Length + ContentDecoder.MaxCarriedOctets);
        try
        {
            return new Rfc2047Decoder(octets, run).Decode();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(run);
        }
    }

    private string Decode()
    {
        var (position, literalStart) = (0, 0);
        while (_octets[position..].IndexOf("=?"u8) is var next and >= 0)
        {
            position += next;
            if (EncodedWord.TryRead(_octets[position..], out var word, out var length))
            {
                AppendLiteral(_octets[literalStart..position], isBeforeWord: true);
                AppendWord(word, _octets.Slice(position, length));
                literalStart = position + length;
            }
            else if (length == EncodedWord.NoneLeft)
            {
                break;
            }

            position += length;
        }

        AppendLiteral(_octets[literalStart..], isBeforeWord: false);
        return _text.ToString();
    }

    /// <summary>White space between two encoded-words is not text (RFC 2047 §6.2).</summary>
    private void AppendLiteral(ReadOnlySpan<byte> literal, bool isBeforeWord)
    {
        if (isBeforeWord && _runDecoder is not null && !literal.ContainsAnyExcept(Octets.WhiteSpaceOctets))
        {
            return;
        }

        EndRun();
        while (!literal.IsEmpty)
        {
            // A word with the white space after it: each has the charset it is valid in.
            var length = literal.IndexOfAny(Octets.WhiteSpaceOctets) is var end and >= 0 ? end + 1 : literal.Length;
            _text.Append(Scanner.Decode(literal[..length]));
            literal = literal[length..];
        }
    }

    private void AppendWord(EncodedWord word, ReadOnlySpan<byte> octets)
    {
        var charset = Charset.Find(Encoding.Latin1.GetString(octets[word.CharsetRange]));
        if (_runIsBase64 != word.IsBase64 || !Equals(_runCharset, charset))
        {
            EndRun();
        }

        (_runCharset, _runIsBase64) = (charset, word.IsBase64);
        _runDecoder ??= word.IsBase64 ? new Base64Decoder() : new QuotedPrintableDecoder(isEncodedWord: true);
        _runLength += _runDecoder.Decode(octets[word.Payload], _run.AsSpan(_runLength));
    }

    private void EndRun()
    {
        if (_runDecoder is null)
        {
            return;
        }

        var run = _run.AsSpan(0, _runLength);
        _text.Append(_runCharset is null ? Scanner.Decode(run) : _runCharset.GetString(run));
        (_runLength, _runCharset, _runDecoder) = (0, null, null);
    }
}
