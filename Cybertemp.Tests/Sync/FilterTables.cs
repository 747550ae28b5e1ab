using Npgsql;

namespace Cybertemp.Tests.Sync;

/// <summary>The tables of filters in a database of their own, with the triggers that announce changes.</summary>
internal sealed class FilterTables(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(connectionString);

    public string ConnectionString => connectionString;

    public static async Task<FilterTables> CreateAsync(string connectionString)
    {
        var tables = new FilterTables(connectionString);
        await tables.ExecuteAsync(
            """
            create table domains (id bigint generated always as identity primary key, domain text not null unique, created_at timestamptz not null default now());
            create table bans (id bigint generated always as identity primary key, scope text not null, value text not null,
                match_type text not null default 'exact', status text not null default 'active', created_at timestamptz not null default now());
            create function announce() returns trigger language plpgsql as $$ begin notify cybertemp_filters; return null; end $$;
            create trigger announce after insert or update or delete or truncate on domains execute function announce();
            create trigger announce after insert or update or delete or truncate on bans execute function announce();
            """);
        return tables;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
