using System.Buffers;
using System.Text;

namespace Cybertemp.SmtpReceiver.Smtp.Transport;

/// <summary>
/// Clients that speak something else. A browser or a proxy that is made to send HTTP here would have its request's body
/// executed as commands; a TLS record can have a line end anywhere.
/// </summary>
internal static class ForeignProtocol
{
    private const byte TlsHandshakeRecord = 0x16;
    private const int LongestMethod = 9;

    /// <summary>RFC 9110 §9, RFC 5789, and the preface of HTTP/2 (RFC 9113 §3.4).</summary>
    private static readonly string[] Methods =
        ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH ", "PRI "];

    /// <summary>
    /// Whether <paramref name="input"/>, the first octets of a session, is the beginning of a foreign one.
    /// </summary>
    public static bool Begins(ReadOnlySequence<byte> input)
    {
        Span<byte> front = stackalloc byte[LongestMethod];
        input = input.Slice(0, Math.Min(input.Length, LongestMethod));
        input.CopyTo(front);
        front = front[..(int)input.Length];
        return front is [TlsHandshakeRecord, ..] || IsHttp(front);
    }

    private static bool IsHttp(ReadOnlySpan<byte> front)
    {
        foreach (var method in Methods)
        {
            if (front.Length >= method.Length && Ascii.EqualsIgnoreCase(front[..method.Length], method))
            {
                return true;
            }
        }

        return false;
    }
}
