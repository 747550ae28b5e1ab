using System.Collections;
using System.Text;
using MimeKit.Parsing;
using MimeKit.Utils;

namespace MimeKit;

public sealed class HeaderList : IEnumerable<Header>
{
    private readonly HeaderBlock _block;
    private readonly bool? _contentOnly;

    /// <summary>A view of the fields of a block.</summary>
    /// <param name="block">All fields as received.</param>
    /// <param name="contentOnly">True: the Content-* fields; false: the others; null: all.</param>
    internal HeaderList(HeaderBlock block, bool? contentOnly)
    {
        _block = block;
        _contentOnly = contentOnly;
    }

    public int Count => Fields().Count();

    public Header this[int index] => new(_block, Fields().ElementAt(index));

    public string? this[string field] => Find(field) is { } found
        ? HeaderText.Unfold(Rfc2047Decoder.Decode(_block.Value(found)))
        : null;

    public bool Contains(string field) => Find(field) is not null;

    public IEnumerator<Header> GetEnumerator()
    {
        foreach (var field in Fields())
        {
            yield return new Header(_block, field);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<HeaderField> Fields()
    {
        for (var index = 0; index < _block.Count; index++)
        {
            if (_contentOnly is null || _block.IsContent(_block[index]) == _contentOnly)
            {
                yield return _block[index];
            }
        }
    }

    private HeaderField? Find(string name)
    {
        var index = _block.IndexOf(Encoding.Latin1.GetBytes(name));
        return index >= 0 && (_contentOnly is null || _block.IsContent(_block[index]) == _contentOnly)
            ? _block[index]
            : null;
    }
}
