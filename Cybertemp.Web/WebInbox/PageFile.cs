namespace Cybertemp.Web.WebInbox;

/// <summary>One file of the page, ready to be sent.</summary>
/// <param name="ContentType">With its charset.</param>
/// <param name="Tag">Its entity tag, quoted.</param>
/// <param name="Octets">As they are.</param>
/// <param name="Brotli">Compressed (RFC 7932), for browsers that trust the connection.</param>
/// <param name="Gzip">Compressed (RFC 1952), for all others.</param>
internal sealed record PageFile(string ContentType, string Tag, byte[] Octets, byte[] Brotli, byte[] Gzip)
{
    /// <summary>The smallest that is accepted, with its content coding; null when it is not coded.</summary>
    public (byte[] Octets, string? Coding) For(IList<Microsoft.Net.Http.Headers.StringWithQualityHeaderValue> accepted)
    {
        bool Accepts(string coding) => accepted.Any(
            e => e.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
        return Accepts("br") ? (Brotli, "br") : Accepts("gzip") ? (Gzip, "gzip") : (Octets, null);
    }
}
