using System.Buffers.Binary;

namespace Cybertemp.Mail.Mime.Winmail;

/// <summary>
/// The attributes of a TNEF stream ([MS-OXTNEF] §2.1.3), one after the other; ends where one is not whole. That of
/// MimeKit believes every count: a hundred octets make it loop for a minute.
/// </summary>
internal ref struct TnefReader
{
    public const uint Body = 0x0002800C;
    public const uint MessageProperties = 0x00069003;
    public const uint OemCodePage = 0x00069007;
    public const uint AttachmentBegin = 0x00069002;
    public const uint AttachmentTitle = 0x00018010;
    public const uint AttachmentData = 0x0006800F;
    public const uint AttachmentProperties = 0x00069005;

    private const uint Signature = 0x223E9F78;
    private const int HeaderLength = 9;
    private const int ChecksumLength = 2;

    private ReadOnlySpan<byte> _rest;

    public TnefReader(ReadOnlySpan<byte> octets)
    {
        IsTnef = octets.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(octets) == Signature;
        _rest = IsTnef ? octets[6..] : [];
    }

    public bool IsTnef { get; }

    public uint Tag { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool TryRead()
    {
        if (_rest.Length < HeaderLength)
        {
            return false;
        }

        Tag = BinaryPrimitives.ReadUInt32LittleEndian(_rest[1..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_rest[5..]);
        _rest = _rest[HeaderLength..];
        if (length > _rest.Length)
        {
            return false;
        }

        Value = _rest[..(int)length];
        _rest = _rest[Math.Min((int)length + ChecksumLength, _rest.Length)..];
        return true;
    }
}
