using System.Buffers.Binary;
using System.Text;

namespace Cybertemp.Tests.Bundled.Dashboard;

/// <summary>Writes the protobuf wire format, for requests as an exporter sends them.</summary>
internal sealed class ProtoMessage
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtoMessage Varint(int field, ulong value) => Tag(field, 0).Write(value);

    public ProtoMessage Fixed64(int field, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Tag(field, 1);
        _bytes.AddRange(bytes);
        return this;
    }

    public ProtoMessage Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public ProtoMessage Bytes(int field, byte[] value)
    {
        Tag(field, 2).Write((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    public ProtoMessage Attribute(int field, string key, string value) =>
        Message(field, new ProtoMessage().Text(1, key).Message(2, new ProtoMessage().Text(1, value)));

    public ProtoMessage Packed(int field, params ulong[] values)
    {
        var packed = new byte[values.Length * sizeof(ulong)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(packed.AsSpan(i * sizeof(ulong)), values[i]);
        }

        return Bytes(field, packed);
    }

    private ProtoMessage Tag(int field, int type) => Write(((ulong)field << 3) | (uint)type);

    private ProtoMessage Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }
}
