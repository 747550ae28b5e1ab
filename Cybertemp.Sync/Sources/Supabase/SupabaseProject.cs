using Microsoft.Extensions.Options;
using Supabase.Postgrest.Exceptions;
using Client = Supabase.Client;
using Operator = Supabase.Postgrest.Constants.Operator;
using Ordering = Supabase.Postgrest.Constants.Ordering;

namespace Cybertemp.Sync.Sources.Supabase;

/// <summary>Reads whole tables of a Supabase project, page by page. Failures do not show the key.</summary>
internal sealed class SupabaseProject(IOptions<SupabaseProjectOptions> options)
{
    private const int MaxPages = 20_000;
    private const int MaxMessageLength = 300;
    private const int NotFound = 404;

    private readonly SupabaseProjectOptions _options = options.Value;

    public Client CreateClient() => new(_options.Url!, _options.ServiceRoleKey);

    /// <summary>
    /// All rows or an exception. PostgREST cuts off silently at a limit of its own, so only an empty page is the last;
    /// pages follow the key, so that rows that come and go meanwhile cannot shift them.
    /// </summary>
    /// <param name="status">Only rows with this status; null for all.</param>
    public async Task<IReadOnlyList<TRecord>> ReadAllAsync<TRecord>(
        string columns, string? status, CancellationToken ct)
        where TRecord : FilterRecord, new()
    {
        var (client, rows) = (CreateClient(), new List<TRecord>());
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await ReadPageAsync<TRecord>(
                client, columns, status, after: rows is [.., var last] ? last.Id : null, ct);
            if (page.Count == 0)
            {
                return rows;
            }

            rows.AddRange(page);
        }

        throw new SourceException("The table does not end.");
    }

    /// <summary>The exception without the key, which servers may repeat in what they answer.</summary>
    public SourceException Redact(Exception ex)
    {
        var message = ex is PostgrestException { StatusCode: > 0 } refused
            ? $"Supabase answered {refused.StatusCode}: {ex.Message}"
            : $"{ex.GetType().Name}: {ex.Message}";
        message = string.IsNullOrEmpty(_options.ServiceRoleKey)
            ? message
            : message.Replace(_options.ServiceRoleKey, "***", StringComparison.Ordinal);
        return new SourceException(message.Length > MaxMessageLength ? message[..MaxMessageLength] : message)
        {
            IsMissing = ex is PostgrestException { StatusCode: NotFound },
        };
    }

    private async Task<IReadOnlyList<TRecord>> ReadPageAsync<TRecord>(
        Client client, string columns, string? status, string? after, CancellationToken ct)
        where TRecord : FilterRecord, new()
    {
        var query = client.From<TRecord>().Select(columns).Order("id", Ordering.Ascending).Limit(_options.PageSize);
        query = status is null ? query : query.Filter("status", Operator.Equals, status);
        query = after is null ? query : query.Filter("id", Operator.GreaterThan, after);
        try
        {
            var page = (await query.Get(ct)).Models;
            return page is [.., { Id: var id }] && id == after
                ? throw new SourceException("The server repeats a page.")
                : page;
        }
        catch (Exception ex) when (ex is not SourceException && !ct.IsCancellationRequested)
        {
            // The client throws its JSON library's exceptions too, which differ between its versions.
            throw Redact(ex);
        }
    }
}
