namespace Aspire.Hosting.ApplicationModel;

public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider
{
    private readonly Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        Secret = secret;
        _value = new Lazy<string>(() => callback(Default));
    }

    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public ParameterDefault? Default { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>Asked once; throws <see cref="MissingParameterValueException"/> each time when there is none.</summary>
    internal string CurrentValue => _value.Value;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(CurrentValue);
}
