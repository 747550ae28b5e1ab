namespace MimeKit;

public abstract class InternetAddress
{
    private protected InternetAddress(string name) => Name = name;

    public string? Name { get; }

    /// <summary>For display: nothing is encoded.</summary>
    public abstract override string ToString();
}
