using System.Buffers.Binary;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>
/// A forward reader of the protobuf wire format. Never throws and never reads past its span: bytes that are not
/// protobuf end the message and set <see cref="Malformed"/>.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;
    private const ulong MaxField = 0x1FFF_FFFF;

    private ReadOnlySpan<byte> _rest = message;
    private ProtoWireType _type;

    /// <summary>True once anything was not protobuf; stays true.</summary>
    public bool Malformed { get; private set; }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; false at the end of the message or when it is malformed.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        if (tag >> 3 is 0 or > MaxField)
        {
            return Fail();
        }

        Field = (int)(tag >> 3);
        _type = (ProtoWireType)(tag & 7);
        return !Malformed;
    }

    /// <summary>The field as a varint; 0 and malformed when it is of another type.</summary>
    public ulong ReadVarint() => Expect(ProtoWireType.Varint) ? Varint() : 0;

    /// <summary>The field as 8 little-endian bytes; 0 and malformed when it is of another type.</summary>
    public ulong ReadFixed64() =>
        Expect(ProtoWireType.Fixed64) && Take(sizeof(ulong), out var bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>The field as a double; 0 and malformed when it is of another type.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>The field's length-delimited bytes; empty and malformed when it is of another type.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        if (!Expect(ProtoWireType.Length))
        {
            return default;
        }

        var length = Varint();
        return length <= (ulong)_rest.Length && Take((int)length, out var bytes) ? bytes : FailEmpty();
    }

    /// <summary>A repeated fixed64 or double field, packed or not, appended up to a limit.</summary>
    public void ReadFixed64s(List<ulong> values, int limit)
    {
        if (_type is ProtoWireType.Fixed64)
        {
            AddBounded(values, ReadFixed64(), limit);
            return;
        }

        var packed = ReadBytes();
        if (packed.Length % sizeof(ulong) != 0)
        {
            Fail();
            return;
        }

        for (; !packed.IsEmpty; packed = packed[sizeof(ulong)..])
        {
            AddBounded(values, BinaryPrimitives.ReadUInt64LittleEndian(packed), limit);
        }
    }

    /// <summary>Passes over the current field. Groups are not part of OTLP and count as malformed.</summary>
    public void Skip()
    {
        switch (_type)
        {
            case ProtoWireType.Varint:
                Varint();
                break;
            case ProtoWireType.Fixed64:
                Take(sizeof(ulong), out _);
                break;
            case ProtoWireType.Length:
                ReadBytes();
                break;
            case ProtoWireType.Fixed32:
                Take(sizeof(uint), out _);
                break;
            default:
                Fail();
                break;
        }
    }

    /// <summary>Carries a nested message's verdict into this one.</summary>
    public void Include(bool nestedMalformed)
    {
        if (nestedMalformed)
        {
            Fail();
        }
    }

    private static void AddBounded(List<ulong> values, ulong value, int limit)
    {
        if (values.Count < limit)
        {
            values.Add(value);
        }
    }

    private bool Expect(ProtoWireType type) => _type == type || Fail();

    private ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        Fail();
        return 0;
    }

    private bool Take(int length, out ReadOnlySpan<byte> bytes)
    {
        if (length > _rest.Length)
        {
            bytes = default;
            return Fail();
        }

        bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private ReadOnlySpan<byte> FailEmpty()
    {
        Fail();
        return default;
    }

    private bool Fail()
    {
        Malformed = true;
        _rest = default;
        return false;
    }
}
