namespace MimeKit;

public abstract class InternetAddress
{
    private protected InternetAddress(string name) => Name = name;

    public string? Name { get; }

    /// <summary>For display: nothing is encoded.</summary>
    public override string ToString() => DisplayText;

    internal abstract string DisplayText { get; }
}
