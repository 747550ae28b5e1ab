using System.Globalization;
using Supabase.Interfaces;
using Supabase.Postgrest.Models;
using Supabase.Realtime;
using Supabase.Realtime.Interfaces;

namespace Supabase;

/// <summary>A Supabase project: its tables through PostgREST, and their changes through Realtime.</summary>
public class Client
{
    private readonly SupabaseOptions _options;
    private readonly string _key;
    private readonly string _restUrl;

    public Client(string supabaseUrl, string? supabaseKey, SupabaseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(supabaseUrl);
        _options = options ?? new SupabaseOptions();
        _key = supabaseKey ?? "";
        _restUrl = string.Format(CultureInfo.InvariantCulture, _options.RestUrlFormat, supabaseUrl);
        var realtimeUrl = string.Format(CultureInfo.InvariantCulture, _options.RealtimeUrlFormat, supabaseUrl);
        Realtime = new Realtime.Client(realtimeUrl, _key, () => Headers("supabase.realtime-csharp"));
    }

    public IRealtimeClient<RealtimeSocket, RealtimeChannel> Realtime { get; set; }

    public ISupabaseTable<TModel, RealtimeChannel> From<TModel>()
        where TModel : BaseModel, new() =>
            new SupabaseTable<TModel>(_restUrl, _options.Schema, Headers("postgrest-csharp"));

    private Dictionary<string, string> Headers(string client)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = $"Bearer {_key}",
            ["X-Client-Info"] = $"{client}/{typeof(Client).Assembly.GetName().Version}",
            ["apiKey"] = _key,
        };
        foreach (var (name, value) in _options.Headers)
        {
            headers[name] = value;
        }

        return headers;
    }
}
