using System.Collections;

namespace MimeKit;

public class DomainList : IEnumerable<string>
{
    internal static readonly DomainList Empty = new([]);

    private readonly List<string> _domains;

    internal DomainList(List<string> domains) => _domains = domains;

    public int Count => _domains.Count;

    public string this[int index] => _domains[index];

    public IEnumerator<string> GetEnumerator() => _domains.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(',', _domains.Select(domain => "@" + domain));
}
