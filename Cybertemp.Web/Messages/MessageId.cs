using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Cybertemp.Mail;

namespace Cybertemp.Web.Messages;

/// <summary>
/// A message's id, a UUID of version 7 (RFC 9562 §5.7). Its time is the received time in whole milliseconds, so that a
/// search for it looks into one day's partition.
/// </summary>
/// <param name="Value">As the tables have it.</param>
/// <param name="From">The received time is not before; UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessageId(Guid Value, DateTime From)
{
    private const int Version = 7;

    /// <summary>Past it, no date can be made.</summary>
    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - 1;

    /// <summary>The received time is before; UTC.</summary>
    public DateTime To => From.AddMilliseconds(1);

    public static MessageId Of(Guid value)
    {
        Span<byte> octets = stackalloc byte[16];
        value.TryWriteBytes(octets, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(octets) >> 16);
        return new(value, DateTime.UnixEpoch.AddMilliseconds(Math.Min(milliseconds, MaxMilliseconds)));
    }

    /// <summary>No message's; one that is received at the time, UTC, has its like.</summary>
    public static MessageId At(DateTime time) => Of(TimeOrderedId.Create(new DateTimeOffset(time)));

    /// <summary>False for what no message can have.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MessageId id)
    {
        var isUuid = Guid.TryParseExact(text, "D", out var value) && value.Version == Version;
        id = isUuid ? Of(value) : default;
        return isUuid;
    }
}
