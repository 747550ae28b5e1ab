namespace MimeKit;

public class Header
{
    private readonly HeaderBlock _block;
    private readonly HeaderField _field;

    internal Header(HeaderBlock block, HeaderField field) => (_block, _field) = (block, field);

    /// <summary>The name; of a line that is no header field the whole line.</summary>
    public string Field => field ??= Encoding.Latin1.GetString(_block.Name(_field));

    /// <summary>Of its first octet in the parsed stream.</summary>
    public long? Offset => _field.Start;

    public byte[] RawValue => _block.Value(_field).ToArray();

    public string Value => field ??= HeaderText.Unfold(Rfc2047Decoder.Decode(_block.Value(_field)));
}
