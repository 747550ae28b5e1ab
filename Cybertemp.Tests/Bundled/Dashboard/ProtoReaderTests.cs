using Aspire.Hosting.Dashboard.Otlp;
using Aspire.Hosting.Dashboard.Telemetry;

namespace Cybertemp.Tests.Bundled.Dashboard;

public sealed class ProtoReaderTests
{
    private static readonly byte[][] Requests =
    [
        Exports.Span("receive", isError: true), Exports.Log("Commit failed"), Exports.Counter("mails", 3), Exports.Histogram("time", [1, 2, 3], 0.1, 1),
    ];

    [Fact]
    public void Reads_what_was_written()
    {
        var message = new ProtoMessage().Varint(1, ulong.MaxValue).Fixed64(2, 7).Text(3, "text").Double(536870911, 0.5).ToArray();
        var reader = new ProtoReader(message);

        Assert.True(reader.Next());
        Assert.Equal(ulong.MaxValue, reader.ReadVarint());
        Assert.True(reader.Next());
        Assert.Equal(7UL, reader.ReadFixed64());
        Assert.True(reader.Next());
        Assert.Equal("text"u8, reader.ReadBytes());
        Assert.True(reader.Next());
        Assert.Equal(536870911, reader.Field);
        Assert.Equal(0.5, reader.ReadDouble());
        Assert.False(reader.Next());
        Assert.False(reader.Malformed);
    }

    [Theory]
    [InlineData("00", "field number 0")]
    [InlineData("08", "a tag without a value")]
    [InlineData("08ffffffffffffffffffff01", "a varint of eleven bytes")]
    [InlineData("0a05616263", "a length beyond the end")]
    [InlineData("0affffffffffffffffff01", "a length beyond any end")]
    [InlineData("0b", "a group")]
    [InlineData("0f", "wire type 7")]
    [InlineData("0900000000", "half a fixed64")]
    public void Calls_malformed(string hex, string what)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        while (reader.Next())
        {
            reader.Skip();
        }

        Assert.True(reader.Malformed, what);
    }

    [Fact]
    public void A_value_of_another_type_is_malformed()
    {
        var reader = new ProtoReader(new ProtoMessage().Varint(1, 5).ToArray());

        Assert.True(reader.Next());
        Assert.True(reader.ReadBytes().IsEmpty);
        Assert.True(reader.Malformed);
        Assert.False(reader.Next());
    }

    [Fact]
    public void Every_prefix_and_20000_mutations_of_requests_are_read_or_refused_without_an_exception()
    {
        var random = new Random(20_261_122);
        var refused = 0;
        foreach (var request in Requests)
        {
            for (var length = 0; length < request.Length; length++)
            {
                refused += ReadAll(request[..length]) ? 0 : 1;
            }
        }

        for (var i = 0; i < 20_000; i++)
        {
            refused += ReadAll(Mutate(random, Requests[i % Requests.Length])) ? 0 : 1;
        }

        Assert.All(Requests, static request => Assert.True(ReadAll(request)));
        Assert.InRange(refused, 5_000, 22_000);
    }

    [Fact]
    public void Values_nested_without_end_are_cut_off()
    {
        var value = new ProtoMessage().Text(1, "deep");
        for (var depth = 0; depth < 5_000; depth++)
        {
            value = new ProtoMessage().Message(5, new ProtoMessage().Message(1, value));
        }

        var text = OtlpText.Value(value.ToArray(), out var malformed);

        Assert.False(malformed);
        Assert.Equal("[[[[[[…]]]]]]", text);
    }

    // As every kind of request, details included: what is kept is read again later.
    private static bool ReadAll(byte[] request)
    {
        var names = new StringPool(100);
        var isSpan = OtlpRequest.Read(request, static r => r, (resource, scope, record) =>
        {
            _ = OtlpSpans.ReadDetails(record);
            return OtlpSpans.Read(resource, scope, record, names) is not null;
        });
        var isLog = OtlpRequest.Read(request, static r => r, (resource, scope, record) =>
        {
            _ = OtlpLogs.ReadAttributes(record);
            return OtlpLogs.Read(resource, scope, record, names) is not null;
        });
        var isMeter = OtlpRequest.Read(request, static r => r, (resource, scope, record) =>
            OtlpMeters.Read(resource, scope, record, names, []));
        return isSpan || isLog || isMeter;
    }

    private static byte[] Mutate(Random random, byte[] request)
    {
        var bytes = request.ToArray();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[random.Next(bytes.Length)..] : bytes;
    }
}
