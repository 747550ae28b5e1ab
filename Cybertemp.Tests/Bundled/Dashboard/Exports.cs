namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>Export requests of a service called "mailer".</summary>
internal static class Exports
{
    private static readonly byte[] TraceId = Convert.FromHexString("0123456789abcdef0123456789abcdef");

    public static ulong Now => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;

    public static byte[] Span(string name, bool isError = false, byte spanId = 1, byte parentId = 0, int traceNumber = 0)
    {
        var start = Now;
        return Request(new ProtoMessage()
            .Bytes(1, traceNumber == 0 ? TraceId : [.. TraceId[..12], .. BitConverter.GetBytes(traceNumber)])
            .Bytes(2, [0, 0, 0, 0, 0, 0, 0, spanId]).Bytes(4, parentId == 0 ? [] : [0, 0, 0, 0, 0, 0, 0, parentId])
            .Text(5, name).Varint(6, 2).Fixed64(7, start).Fixed64(8, start + 5_000_000)
            .Attribute(9, "mail.id", "a1b2")
            .Message(11, new ProtoMessage().Fixed64(1, start).Text(2, "exception").Attribute(3, "exception.type", "TimeoutException"))
            .Message(13, new ProtoMessage().Bytes(1, TraceId).Bytes(2, [0, 0, 0, 0, 0, 0, 0, 9]))
            .Message(15, new ProtoMessage().Text(2, "why").Varint(3, isError ? 2UL : 0)));
    }

    public static byte[] Log(string message, int severity = 9) => Request(
        new ProtoMessage()
            .Fixed64(1, Now).Varint(2, (ulong)severity).Message(5, new ProtoMessage().Text(1, message))
            .Attribute(6, "Count", "12").Bytes(9, TraceId).Bytes(10, [0, 0, 0, 0, 0, 0, 0, 1]).Fixed64(11, Now));

    public static byte[] Counter(string name, long value, ulong? time = null) => Request(
        new ProtoMessage().Text(1, name).Text(3, "{mail}").Message(7, new ProtoMessage()
            .Message(1, new ProtoMessage().Fixed64(2, 1).Fixed64(3, time ?? Now).Fixed64(6, (ulong)value).Attribute(7, "kind", "a"))
            .Varint(2, 2).Varint(3, 1)));

    public static byte[] Histogram(string name, ulong[] buckets, params double[] bounds) => Request(
        new ProtoMessage().Text(1, name).Text(3, "s").Message(9, new ProtoMessage()
            .Message(1, new ProtoMessage().Fixed64(2, 1).Fixed64(3, Now).Fixed64(4, buckets.Aggregate(0UL, static (a, b) => a + b)).Double(5, 1)
                .Packed(6, buckets).Packed(7, [.. bounds.Select(BitConverter.DoubleToUInt64Bits)]))
            .Varint(2, 2)));

    private static byte[] Request(ProtoMessage record) => new ProtoMessage().Message(1, new ProtoMessage()
        .Message(1, new ProtoMessage().Attribute(1, "service.name", "mailer").Attribute(1, "service.instance.id", "abcdefgh"))
        .Message(2, new ProtoMessage().Message(1, new ProtoMessage().Text(1, "Mailer.Intake")).Message(2, record))).ToArray();
}
