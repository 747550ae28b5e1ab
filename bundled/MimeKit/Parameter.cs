namespace MimeKit;

public class Parameter
{
    internal Parameter(string name, string value) => (Name, Value) = (name, value);

    public string Name { get; }

    public string Value { get; }
}
