using System.Globalization;

namespace Cybertemp.Web.Requests;

/// <summary>Reads parameters of a query; the first that is malformed is kept as the problem to answer with.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>Of a filter, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Null while all is well.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Null when it is not given.</summary>
    public string? Text(string name)
    {
        var text = One(name);
        if (text is { Length: 0 or > MaxTextLength } || text?.Contains('\0', StringComparison.Ordinal) is true)
        {
            Problem ??= Problem.MalformedFilter;
        }

        return text;
    }

    /// <summary>A whole number in a range.</summary>
    public int Number(string name, int otherwise, int min, int max, Problem malformed)
    {
        if (One(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Problem ??= malformed;
        return otherwise;
    }

    /// <summary>Null when it is not given.</summary>
    public string? One(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            Problem ??= Problem.RepeatedParameter;
        }

        return values.Count == 0 ? null : values[0];
    }

    /// <summary>Keeps the first problem.</summary>
    public void Fail(Problem problem) => Problem ??= problem;
}
