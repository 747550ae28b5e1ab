using System.Collections.ObjectModel;

namespace MimeKit;

public class DomainList : ReadOnlyCollection<string>
{
    internal DomainList(List<string> domains) : base(domains) { }

    public override string ToString() => string.Join(',', this.Select(domain => "@" + domain));
}
