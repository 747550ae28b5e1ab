using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Cybertemp.Mail.Mime.Bounds;

/// <summary>What one header block has shown so far.</summary>
internal struct HeaderBlock
{
    private bool _hasType;
    private bool _namesMessage;
    private bool _hasEncoding;
    private bool _isPlain;

    public int Fields { get; set; }

    public int ImportantFields { get; set; }

    public int Octets { get; set; }

    /// <summary>
    /// It is that of a part of a digest, which is a message unless it says otherwise (RFC 2046 §5.1.5).
    /// </summary>
    public bool IsInDigest { get; init; }

    /// <summary>
    /// The parser may take a line of it for a delimiter, and what follows for the header of another part.
    /// </summary>
    public bool IsUncertain { get; set; }

    /// <summary>
    /// Does the parser read a header block of its own behind this one? False only when it certainly does not: a message
    /// whose transfer encoding is base64 or the like stays a leaf.
    /// </summary>
    public readonly bool MayOpenMessage => IsUncertain
        || ((_namesMessage || (IsInDigest && !_hasType)) && (_isPlain || !_hasEncoding));

    public void SeeType(ContentTypeField type)
    {
        _hasType = true;
        _namesMessage |= type.MayBeMessage;
    }

    public void SeeEncoding(ReadOnlySpan<byte> value)
    {
        _hasEncoding = true;
        _isPlain |= !MimeUtils.TryParse(Encoding.Latin1.GetString(value), out ContentEncoding encoding) || encoding is
            ContentEncoding.Default or ContentEncoding.SevenBit or ContentEncoding.EightBit or ContentEncoding.Binary;
    }
}
