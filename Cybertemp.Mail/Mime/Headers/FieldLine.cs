using MimeKit;

namespace Cybertemp.Mail.Mime.Headers;

/// <summary>A header field, or a line between fields that is none: all of it is its name, on one line.</summary>
internal readonly record struct FieldLine(string Name, ReadOnlyMemory<byte> Value)
{
    public static FieldLine Of(Header header) => header.Field.AsSpan().ContainsAny('\r', '\n')
        ? new FieldLine(HeaderText.Unfold(header.RawField, elsewhere: null), header.RawValue)
        : new FieldLine(header.Field, header.RawValue);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
