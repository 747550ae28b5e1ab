using System.Collections.ObjectModel;

namespace MimeKit;

public class MessageIdList : ReadOnlyCollection<string>
{
    internal MessageIdList(List<string> ids) : base(ids) { }
}
