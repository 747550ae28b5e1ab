namespace MimeKit.Utils;

public static class Rfc2047
{
    public static string DecodeText(byte[] text) => Rfc2047Decoder.Decode(text);

    public static string DecodePhrase(byte[] phrase) => Rfc2047Decoder.Decode(phrase);
}
