namespace MimeKit.Encodings;

/// <summary>Quoted-printable (RFC 2045 §6.7) and, with '_' as blank, the Q encoding; what is broken stays as it is.</summary>
internal sealed class QuotedPrintableDecoder(bool isEncodedWord) : ContentDecoder
{
    private State _state;
    private byte _firstDigit;

    private enum State
    {
        Literal,
        EqualSign,
        SoftBreak,
        SecondDigit,
    }

    public override int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            if (_state is State.Literal)
            {
                written += CopyLiterals(ref input, output[written..]);
                continue;
            }

            written += Advance(input[0], output[written..]);
            input = input[1..];
        }

        return written;
    }

    private int CopyLiterals(ref ReadOnlySpan<byte> input, Span<byte> output)
    {
        var end = input.IndexOf((byte)'=');
        var literals = end < 0 ? input : input[..end];
        literals.CopyTo(output);
        if (isEncodedWord)
        {
            output[..literals.Length].Replace((byte)'_', (byte)' ');
        }

        _state = end < 0 ? State.Literal : State.EqualSign;
        input = input[(end < 0 ? literals.Length : end + 1)..];
        return literals.Length;
    }

    private int Advance(byte octet, Span<byte> output)
    {
        var state = _state;
        _state = State.Literal;
        return state switch
        {
            State.EqualSign => AfterEqualSign(octet, output),
            State.SoftBreak => octet == '\n' ? 0 : Write(output, (byte)'=', (byte)'\r', octet),
            _ => char.IsAsciiHexDigit((char)octet)
                ? Write(output, (byte)((HexValue(_firstDigit) << 4) | HexValue(octet)))
                : Write(output, (byte)'=', _firstDigit, octet),
        };
    }

    private int AfterEqualSign(byte octet, Span<byte> output)
    {
        switch (octet)
        {
            case (byte)'=':
                _state = State.EqualSign;
                return Write(output, octet);
            case (byte)'\r':
                _state = State.SoftBreak;
                return 0;
            case (byte)'\n':
                return 0;
            case var digit when char.IsAsciiHexDigit((char)digit):
                (_state, _firstDigit) = (State.SecondDigit, digit);
                return 0;
            default:
                return Write(output, (byte)'=', octet);
        }
    }

    private static int Write(Span<byte> output, params ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(output);
        return octets.Length;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
