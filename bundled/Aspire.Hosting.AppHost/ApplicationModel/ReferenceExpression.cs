using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A string with holes that are filled when it is needed: with values in run mode, with expressions in a manifest. The
/// format <c>:uri</c> percent-encodes a hole.
/// </summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new(string.Empty, [], []);

    private readonly object[] _values;

    private ReferenceExpression(string format, object[] values, string?[] stringFormats)
    {
        Format = format;
        _values = values;
        StringFormats = stringFormats;
    }

    /// <summary>A composite format string.</summary>
    public string Format { get; }

    public IReadOnlyList<string?> StringFormats { get; }

    public IReadOnlyList<IValueProvider> ValueProviders => Array.ConvertAll(_values, v => (IValueProvider)v);

    public IReadOnlyList<string> ManifestExpressions => Array.ConvertAll(_values, v => ((IManifestExpressionProvider)v).ValueExpression);

    public string ValueExpression => Fill((value, _) => ((IManifestExpressionProvider)value).ValueExpression);

    IEnumerable<object> IValueWithReferences.References => _values;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new object?[_values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ((IValueProvider)_values[i]).GetValueAsync(cancellationToken);
            values[i] = StringFormats[i] is "uri" && value is not null ? Uri.EscapeDataString(value) : value;
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal string Fill(Func<object, string?, string> hole) => string.Format(
        CultureInfo.InvariantCulture, Format, [.. _values.Select((v, i) => (object)hole(v, StringFormats[i]))]);

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _format = new(literalLength + (3 * formattedCount));
        private readonly List<object> _values = new(formattedCount);
        private readonly List<string?> _stringFormats = new(formattedCount);

        public void AppendLiteral(string value) => _format.Append(Escape(value));

        public void AppendFormatted(string? value) => _format.Append(Escape(value ?? string.Empty));

        public void AppendFormatted<T>(T value)
            where T : IValueProvider, IManifestExpressionProvider => Append(value, null);

        public void AppendFormatted<T>(T value, string? format)
            where T : IValueProvider, IManifestExpressionProvider => Append(value, format);

        public void AppendFormatted<T>(IResourceBuilder<T> value)
            where T : IResource, IValueProvider, IManifestExpressionProvider => Append(value.Resource, null);

        internal ReferenceExpression Build() => new(_format.ToString(), [.. _values], [.. _stringFormats]);

        private static string Escape(string literal) =>
            literal.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

        private void Append(object value, string? format)
        {
            _format.Append('{').Append(_values.Count).Append('}');
            _values.Add(value);
            _stringFormats.Add(format);
        }
    }
}
