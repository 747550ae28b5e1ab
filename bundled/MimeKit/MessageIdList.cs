using System.Collections;

namespace MimeKit;

public class MessageIdList : IEnumerable<string>
{
    private readonly List<string> _ids;

    internal MessageIdList(List<string> ids) => _ids = ids;

    public int Count => _ids.Count;

    public string this[int index] => _ids[index];

    public IEnumerator<string> GetEnumerator() => _ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
