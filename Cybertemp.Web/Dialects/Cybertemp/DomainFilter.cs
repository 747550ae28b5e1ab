using Cybertemp.Web.Domains;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects.Cybertemp;

/// <summary>Which of the accepted domains <c>getDomains</c> is asked for.</summary>
internal sealed class DomainFilter
{
    /// <summary>Of the answer.</summary>
    private const int MaxDomains = 10_000;

    private const string AnyLabel = "mail";

    private readonly string[] _included;
    private readonly string[] _excluded;
    private readonly int _limit;
    private readonly int _offset;

    private DomainFilter(QueryReader query)
    {
        _included = Endings(query.Text("tld_include"));
        _excluded = Endings(query.Text("tld_exclude"));
        _limit = query.Number("limit", MaxDomains, 0, int.MaxValue, Problem.MalformedLimit);
        _offset = query.Number("offset", 0, 0, int.MaxValue, Problem.MalformedOffset);
    }

    /// <summary>Null when the query is well-formed.</summary>
    public static Problem? Read(HttpRequest request, out DomainFilter filter)
    {
        var query = new QueryReader(request.Query);
        filter = new DomainFilter(query);
        return query.Problem;
    }

    /// <summary>
    /// Clients put a name and an at sign before one of them: subdomains are offered, as one of them, where there is
    /// nothing else.
    /// </summary>
    public IReadOnlyList<string> Of(AcceptedDomains accepted)
    {
        var plain = accepted.Patterns.Where(static p => !p.IsWildcard).Select(static p => p.Domain).ToList();
        var domains = plain.Count > 0 ? plain : accepted.Patterns.Select(static p => $"{AnyLabel}.{p.Domain}");
        return
        [
            .. domains.Where(d => (_included.Length == 0 || Ends(d, _included)) && !Ends(d, _excluded))
                .Skip(_offset).Take(Math.Min(_limit, MaxDomains)),
        ];
    }

    private static string[] Endings(string? list) =>
    [
        .. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static e => $".{e.TrimStart('.')}"),
    ];

    private static bool Ends(string domain, string[] endings) =>
        endings.Any(e => domain.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
