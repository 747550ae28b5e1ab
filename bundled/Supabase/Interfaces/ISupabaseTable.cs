using Supabase.Postgrest.Interfaces;
using Supabase.Postgrest.Models;
using Supabase.Realtime.Interfaces;

namespace Supabase.Interfaces;

/// <summary>A query on a table.</summary>
public interface ISupabaseTable<TModel, TChannel> : IPostgrestTable<TModel>
    where TModel : BaseModel, new()
    where TChannel : IRealtimeChannel;
