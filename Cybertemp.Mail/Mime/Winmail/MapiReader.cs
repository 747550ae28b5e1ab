using System.Buffers.Binary;

namespace Cybertemp.Mail.Mime.Winmail;

/// <summary>
/// The properties in the value of a TNEF attribute ([MS-OXTNEF] §2.1.3.4); ends where one is not whole.
/// </summary>
internal ref struct MapiReader(ReadOnlySpan<byte> octets)
{
    public const int Body = 0x1000;
    public const int HtmlBody = 0x1013;
    public const int DisplayName = 0x3001;
    public const int InternetCodePage = 0x3FDE;
    public const int AttachedData = 0x3701;
    public const int AttachedFileName = 0x3704;
    public const int AttachedLongFileName = 0x3707;
    public const int AttachedMimeTag = 0x370E;
    public const int AttachedContentId = 0x3712;
    public const int AttachedContentLocation = 0x3713;

    private const int MultipleValues = 0x1000;
    private const int FirstNamed = 0x8000;
    private const int GuidLength = 16;

    private ReadOnlySpan<byte> _rest = octets.Length < 4 ? [] : octets[4..];

    public int Id { get; private set; }

    public bool IsUnicode { get; private set; }

    /// <summary>The first value of it.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool TryRead()
    {
        if (_rest.Length < 4)
        {
            return false;
        }

        int type = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        Id = BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]);
        IsUnicode = (type & ~MultipleValues) == 0x1F;
        _rest = _rest[4..];
        return (Id < FirstNamed || TrySkipName()) && TryReadValues(type);
    }

    private bool TrySkipName()
    {
        if (_rest.Length < GuidLength + 8)
        {
            return false;
        }

        var isNumber = BinaryPrimitives.ReadUInt32LittleEndian(_rest[GuidLength..]) == 0;
        _rest = _rest[(GuidLength + 4)..];
        if (isNumber)
        {
            _rest = _rest[4..];
            return true;
        }

        return TryReadSized(out _);
    }

    private bool TryReadValues(int type)
    {
        var size = FixedSize(type & ~MultipleValues);
        var count = 1u;
        if (size == 0 || (type & MultipleValues) != 0)
        {
            if (_rest.Length < 4)
            {
                return false;
            }

            count = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
            _rest = _rest[4..];
        }

        Value = [];
        for (var index = 0u; index < count; index++)
        {
            if (!(size > 0 ? TryRead(size, out var value) : TryReadSized(out value)))
            {
                return false;
            }

            Value = index == 0 ? value : Value;
        }

        return true;
    }

    /// <summary>Padded to four octets.</summary>
    private bool TryReadSized(out ReadOnlySpan<byte> value)
    {
        value = [];
        if (_rest.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(_rest) is var length
            && length > _rest.Length - 4)
        {
            return false;
        }

        value = _rest.Slice(4, (int)length);
        _rest = _rest[Math.Min(4 + (((int)length + 3) & ~3), _rest.Length)..];
        return true;
    }

    private bool TryRead(int size, out ReadOnlySpan<byte> value)
    {
        value = size <= _rest.Length ? _rest[..size] : [];
        _rest = _rest[value.Length..];
        return !value.IsEmpty;
    }

    /// <summary>0 for what says its own length; what is smaller is padded to four.</summary>
    private static int FixedSize(int type) => type switch
    {
        0x0D or 0x1E or 0x1F or 0x102 => 0,
        0x05 or 0x06 or 0x07 or 0x14 or 0x40 => 8,
        0x48 => GuidLength,
        _ => 4,
    };
}
