using System.Globalization;
using System.Reflection;
using System.Web;
using Supabase.Interfaces;
using Supabase.Postgrest.Attributes;
using Supabase.Postgrest.Exceptions;
using Supabase.Postgrest.Interfaces;
using Supabase.Postgrest.Models;
using Supabase.Postgrest.Responses;
using Supabase.Realtime;
using Constants = Supabase.Postgrest.Constants;

namespace Supabase;

/// <summary>Builds one query and sends it. Not thread-safe; each query starts from a new table.</summary>
internal sealed class SupabaseTable<TModel>(string restUrl, string schema, Dictionary<string, string> headers)
    : ISupabaseTable<TModel, RealtimeChannel>
    where TModel : BaseModel, new()
{
    private static readonly HttpClient Http = new();

    private readonly List<(string Name, string Value)> _filters = [];
    private readonly List<(string Name, string Value)> _orders = [];
    private string? _select;
    private int? _limit;

    private static string TableName =>
        typeof(TModel).GetCustomAttribute<TableAttribute>()?.Name ?? typeof(TModel).Name;

    public IPostgrestTable<TModel> Select(string columnQuery)
    {
        _select = columnQuery.Replace(" ", "", StringComparison.Ordinal);
        return this;
    }

    public IPostgrestTable<TModel> Filter<TCriterion>(string columnName, Constants.Operator op, TCriterion? criterion)
    {
        _filters.Add((columnName, Condition(op, criterion)));
        return this;
    }

    public IPostgrestTable<TModel> Order(
        string column, Constants.Ordering ordering, Constants.NullPosition nullPosition = Constants.NullPosition.First)
    {
        var direction = ordering is Constants.Ordering.Ascending ? "asc" : "desc";
        var nulls = nullPosition is Constants.NullPosition.First ? "nullsfirst" : "nullslast";
        _orders.Add(("order", $"{column}.{direction}.{nulls}"));
        return this;
    }

    public IPostgrestTable<TModel> Limit(int limit, string? foreignTableName = null)
    {
        _limit = foreignTableName is null ? limit : throw LeftOut("limits of foreign tables");
        return this;
    }

    public async Task<ModeledResponse<TModel>> Get(
        CancellationToken cancellationToken = default, Constants.CountType countType = Constants.CountType.Estimated)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url());
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Prefer", $"count={countType.ToString().ToLowerInvariant()}");
        request.Headers.TryAddWithoutValidation("Accept-Profile", schema);
        var response = await Http.SendAsync(request, cancellationToken);
        var content = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? new ModeledResponse<TModel>(response, content)
            : throw new PostgrestException(content, response);
    }

    private string Url()
    {
        var parameters = _filters.Concat(_orders);
        parameters = _select is null ? parameters : parameters.Append(("select", _select));
        parameters = _limit is null
            ? parameters
            : parameters.Append(("limit", _limit.Value.ToString(CultureInfo.InvariantCulture)));
        var query = string.Join(
            '&', parameters.Select(static p => $"{HttpUtility.UrlEncode(p.Name)}={HttpUtility.UrlEncode(p.Value)}"));
        return query.Length == 0 ? $"{restUrl}/{TableName}" : $"{restUrl}/{TableName}?{query}";
    }

    private static string Condition(Constants.Operator op, object? criterion) => criterion switch
    {
        null when op is Constants.Operator.NotEqual => "not.is.null",
        null => "is.null",
        string text when op is Constants.Operator.Like or Constants.Operator.ILike =>
            $"{Name(op)}.{text.Replace('%', '*')}",
        string text => $"{Name(op)}.{text}",
        int or long or float => string.Create(CultureInfo.InvariantCulture, $"{Name(op)}.{criterion}"),
        DateTime or DateTimeOffset or System.Collections.ICollection =>
            throw LeftOut("filters by dates and collections"),
        _ => throw new PostgrestException(
            "Unknown criterion type, is it of type `string`, `int`, `long`, `float`, `List`, `DateTime`, "
                + "`DateTimeOffset`, "
            + "`Dictionary<string, object>`, `FullTextSearchConfig`, or `Range`?",
            FailureHint.Reason.InvalidArgument),
    };

    private static string Name(Constants.Operator op) => op switch
    {
        Constants.Operator.Equals => "eq",
        Constants.Operator.NotEqual => "neq",
        Constants.Operator.GreaterThan => "gt",
        Constants.Operator.GreaterThanOrEqual => "gte",
        Constants.Operator.LessThan => "lt",
        Constants.Operator.LessThanOrEqual => "lte",
        Constants.Operator.Like => "like",
        Constants.Operator.ILike => "ilike",
    };

    private static NotSupportedException LeftOut(string what) =>
        new($"This subset of the package Supabase leaves out {what}.");
}
