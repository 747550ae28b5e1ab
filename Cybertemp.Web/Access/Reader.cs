namespace Cybertemp.Web.Access;

/// <summary>Who asks.</summary>
/// <param name="Kind">What that reader may see.</param>
/// <param name="Address">Of an owner or holder: the one inbox, in normal form; otherwise "".</param>
internal readonly record struct Reader(ReaderKind Kind, string Address)
{
    public static readonly Reader Anyone = new(ReaderKind.Anyone, "");

    public static readonly Reader Operator = new(ReaderKind.Operator, "");

    public static Reader OwnerOf(string address) => new(ReaderKind.Owner, address);

    public static Reader HolderOf(string address) => new(ReaderKind.Holder, address);

    /// <summary>Sees one inbox and no other.</summary>
    public bool IsOfOneInbox => Kind is ReaderKind.Owner or ReaderKind.Holder;

    /// <summary>As what this reader reads that inbox: a session or a token opens one inbox and no other.</summary>
    public Reader In(string inbox) => IsOfOneInbox && Address != inbox ? Anyone : this;
}
