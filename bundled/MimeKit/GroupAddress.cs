namespace MimeKit;

public class GroupAddress : InternetAddress
{
    internal GroupAddress(string name, InternetAddressList members) : base(name) => Members = members;

    public InternetAddressList Members { get; }

    public override string ToString() => $"{Name}: {Members};";
}
