using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>
/// A database that <c>deploy/sql/citus.sql</c> has been run on, with functions in place of Citus': they distribute
/// nothing, but refuse what Citus 14 refuses, in its words, and note what was distributed.
/// </summary>
internal static class CitusDatabase
{
    private const string StandIn = """
        create table citus_tables (
            relation text primary key, kind text not null, distribution_column text not null, colocated_with text);

        create function citus_refuse_keys(relation regclass, distribution_column text) returns void
        language plpgsql as $$
        declare
            tables oid[] := array(
                select relation::oid union all select inhrelid from pg_inherits where inhparent = relation);
        begin
            if exists (select from pg_index i where i.indrelid = any (tables) and i.indisunique and not exists (
                select from pg_attribute a where a.attrelid = i.indrelid and a.attname = distribution_column
                    and a.attnum = any (i.indkey::int2[]))) then
                raise 'creating unique indexes on non-partition columns is currently unsupported (%)', relation;
            end if;
            if exists (select from pg_trigger where tgrelid = any (tables) and not tgisinternal) then
                raise 'cannot distribute relation "%" because it has triggers', relation;
            end if;
            if exists (select from pg_constraint c where c.contype = 'f' and c.conrelid = any (tables)
                and c.confrelid::regclass::text not in (
                    select t.relation from citus_tables t where t.kind = 'reference')) then
                raise 'cannot create foreign key constraint: "%" refers to what is not everywhere', relation;
            end if;
        end
        $$;

        create function create_distributed_table(
            table_name regclass, distribution_column text, colocate_with text default 'default') returns void
        language plpgsql as $$
        declare
            ours record;
            theirs record;
        begin
            if (select relispartition from pg_class where oid = table_name) then
                raise 'cannot distribute relation "%" which is partition of another', table_name;
            end if;
            select a.atttypid, a.attcollation, coalesce(c.collisdeterministic, true) as is_deterministic
            into strict ours
            from pg_attribute a left join pg_collation c on c.oid = a.attcollation
            where a.attrelid = table_name and a.attname = distribution_column;
            if not ours.is_deterministic then
                raise 'Hash distributed partition columns may not use a non deterministic collation';
            end if;
            if colocate_with <> 'default' then
                select a.atttypid, a.attcollation into strict theirs
                from citus_tables t join pg_attribute a
                    on a.attrelid = t.relation::regclass and a.attname = t.distribution_column
                where t.relation = colocate_with and t.kind = 'distributed';
                if (ours.atttypid, ours.attcollation) is distinct from (theirs.atttypid, theirs.attcollation) then
                    raise 'cannot colocate tables % and %', colocate_with, table_name;
                end if;
            end if;
            perform citus_refuse_keys(table_name, distribution_column);
            insert into citus_tables values (
                table_name::text, 'distributed', distribution_column, nullif(colocate_with, 'default'));
        end
        $$;

        create function create_reference_table(table_name regclass) returns void language plpgsql as $$
        begin
            if (select relkind = 'p' from pg_class where oid = table_name) then
                raise 'partitioned reference tables are not supported';
            end if;
            if exists (select from pg_trigger where tgrelid = table_name and not tgisinternal) then
                raise 'triggers are not supported on reference tables';
            end if;
            insert into citus_tables values (table_name::text, 'reference', '', null);
        end
        $$;
        """;

    /// <summary>A new database of the newest schema, distributed.</summary>
    /// <param name="postgres">Where.</param>
    /// <param name="before">What somebody has changed about the schema.</param>
    /// <returns>Its connection string.</returns>
    /// <exception cref="InvalidOperationException">It cannot be distributed; the message says why.</exception>
    public static async Task<string> CreateAsync(PostgresServer postgres, string before = "")
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(connectionString))
        {
            await new SchemaMigrator(source, NullLogger<SchemaMigrator>.Instance).MigrateAsync(CancellationToken.None);
            await source.ExecuteAsync(StandIn + before);
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        await ChildProcess.RunAsync(
            null, "psql", "-X", "-q", "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!,
            "-d", settings.Database!, "-f", Path.Combine(Repository.Root, "deploy", "sql", "citus.sql"));
        return connectionString;
    }
}
