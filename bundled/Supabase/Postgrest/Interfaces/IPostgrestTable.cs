using Supabase.Postgrest.Models;
using Supabase.Postgrest.Responses;

namespace Supabase.Postgrest.Interfaces;

/// <summary>A query on a table, which its methods build up.</summary>
public interface IPostgrestTable<TModel>
    where TModel : BaseModel, new()
{
    IPostgrestTable<TModel> Select(string columnQuery);

    IPostgrestTable<TModel> Filter<TCriterion>(string columnName, Constants.Operator op, TCriterion? criterion);

    IPostgrestTable<TModel> Order(
        string column, Constants.Ordering ordering, Constants.NullPosition nullPosition = Constants.NullPosition.First);

    IPostgrestTable<TModel> Limit(int limit, string? foreignTableName = null);

    /// <summary>Sends the query. The server cuts off what is over its own limit of rows, without an error.</summary>
    Task<ModeledResponse<TModel>> Get(
        CancellationToken cancellationToken = default, Constants.CountType countType = Constants.CountType.Estimated);
}
