using System.Collections;

namespace MimeKit;

public sealed class HeaderList : IEnumerable<Header>
{
    private readonly HeaderBlock _block;
    private readonly bool? _contentOnly;

    /// <summary>A view of the fields of a block.</summary>
    /// <param name="block">All fields as received.</param>
    /// <param name="contentOnly">True: the Content-* fields; false: the others; null: all.</param>
    internal HeaderList(HeaderBlock block, bool? contentOnly) => (_block, _contentOnly) = (block, contentOnly);

    public int Count => Enumerable.Range(0, _block.Count).Count(Includes);

    public Header this[int index] => this.ElementAt(index);

    public IEnumerator<Header> GetEnumerator()
    {
        for (var index = 0; index < _block.Count; index++)
        {
            if (Includes(index))
            {
                yield return new Header(_block, _block[index]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Includes(int index) => _contentOnly is null || _block.IsContent(_block[index]) == _contentOnly;
}
