namespace Cybertemp.ServiceDefaults;

/// <summary>A request whose URL is a secret, as a monitor's is: it is in no span.</summary>
public static class SecretUrl
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("Cybertemp.SecretUrl");

    /// <summary>A GET of such a URL.</summary>
    public static HttpRequestMessage Get(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(Key, true);
        return request;
    }

    internal static bool IsAbsent(HttpRequestMessage request) => !request.Options.TryGetValue(Key, out _);
}
