namespace Cybertemp.Web.Access;

/// <summary>The token of an <c>Authorization</c> header (RFC 6750).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer";

    /// <summary>Null for another scheme; "" for a client that has none and says so.</summary>
    public static string? Of(string authorization)
    {
        var given = authorization.AsSpan().Trim();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (given.Length == Scheme.Length || given[Scheme.Length] == ' ')
            ? given[Scheme.Length..].Trim().ToString()
            : null;
    }
}
