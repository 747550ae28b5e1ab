using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Turns values into manifest expressions and remembers what they need besides the declared resources: parameters that are
/// only reached by reference, and their percent-encoded forms.
/// </summary>
internal sealed class ManifestExpressions(DistributedApplicationModel model)
{
    private readonly List<ParameterResource> _parameters = [];
    private readonly List<ParameterResource> _filters = [];
    private int _taken;

    public static string FilteredName(ParameterResource parameter) => $"{parameter.Name}-uri-encoded";

    public string Write(object value)
    {
        Remember(value);
        return value switch
        {
            string text => text,
            ReferenceExpression expression => expression.Fill(Hole),
            IManifestExpressionProvider provider => provider.ValueExpression,
            _ => throw new NotSupportedException(
                $"A value of type '{value.GetType().Name}' in a manifest needs the published package Aspire.Hosting.AppHost."),
        };
    }

    /// <summary>The next parameter that is not a declared resource, in the order of first use.</summary>
    public bool TryTakeParameter([NotNullWhen(true)] out ParameterResource? parameter)
    {
        parameter = _taken < _parameters.Count ? _parameters[_taken++] : null;
        return parameter is not null;
    }

    /// <summary>The parameters whose percent-encoded form was used and not taken yet.</summary>
    /// <param name="only">Null: all of them.</param>
    public IReadOnlyList<ParameterResource> TakeFilters(ParameterResource? only)
    {
        var taken = _filters.FindAll(p => only is null || p == only);
        _filters.RemoveAll(taken.Contains);
        return taken;
    }

    private string Hole(object value, string? format)
    {
        if (format is null)
        {
            return value is ConnectionStringParameterResource parameter ? $"{{{parameter.Name}.value}}" : Write(value);
        }

        if (format is not "uri" || value is not ParameterResource filtered)
        {
            throw new NotSupportedException($"The format '{format}' in a manifest needs the published package Aspire.Hosting.AppHost.");
        }

        Remember(filtered);
        if (!_filters.Contains(filtered))
        {
            _filters.Add(filtered);
        }

        return $"{{{FilteredName(filtered)}.value}}";
    }

    private void Remember(object value)
    {
        if (value is ParameterResource parameter && !model.Resources.Contains(parameter) && !_parameters.Contains(parameter))
        {
            _parameters.Add(parameter);
        }
    }
}
