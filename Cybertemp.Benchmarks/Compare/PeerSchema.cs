using Npgsql;

namespace Cybertemp.Benchmarks.Compare;

/// <summary>The table of the peers in C#: that of <c>peers/table.mjs</c>.</summary>
internal static class PeerSchema
{
    public static async Task CreateAsync(NpgsqlDataSource dataSource)
    {
        await using var create = dataSource.CreateCommand("""
            create table if not exists peer_emails (
                id uuid primary key default gen_random_uuid(), inbox text not null,
                received_at timestamptz not null default now(), mail_from text not null, subject text not null,
                text text not null, html text not null, attachments jsonb not null, raw bytea not null);
            create index if not exists peer_emails_inbox on peer_emails (inbox, received_at desc, id)
            """);
        await create.ExecuteNonQueryAsync();
    }
}
