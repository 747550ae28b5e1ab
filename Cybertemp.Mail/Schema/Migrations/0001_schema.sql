-- Cybertemp schema, version 1. PostgreSQL 15 or later.
-- The receiver applies this file at start; by hand: psql -v ON_ERROR_STOP=1 -f 0001_schema.sql
begin;

-- Every migration, whoever runs it, waits here for its turn (1129923156 is 'CYBT').
select pg_advisory_xact_lock(1129923156, 1);

create table if not exists cybertemp_schema (
    version int primary key,
    applied_at timestamptz not null default now()
);

do $$
begin
    if exists (select from cybertemp_schema where version >= 1) then
        raise exception 'schema version 1 is already applied' using errcode = 'CT001';
    end if;
end
$$;

-- One row per message and distinct inbox, one partition per UTC day, no default partition.
create table emails (
    id uuid not null,
    message_uid uuid not null,
    inbox text collate "C" not null,
    received_at timestamptz not null,
    mail_from text not null,
    from_name text not null,
    from_address text not null,
    subject text not null,
    text text not null,
    html text not null,
    message_id text not null,
    date timestamptz,
    raw bytea not null,
    size_bytes int not null,
    attachments jsonb not null,
    headers jsonb not null,
    parse_note text not null,
    client_ip inet not null,
    helo text not null,
    tls text,
    read boolean not null default false,
    primary key (id, received_at)
) partition by range (received_at);

create index emails_inbox on emails (inbox, received_at desc, id);

-- Mail of private and of reserved addresses: never expired.
create table private_emails (
    like emails including defaults including constraints,
    primary key (id)
) with (toast_tuple_target = 4080);

create index private_emails_inbox on private_emails (inbox, received_at desc, id);

-- Matched on the normalised address. password_hash: docs/schema.md names the format.
create table private_email (
    id uuid primary key default gen_random_uuid(),
    email text collate "C" not null unique check (email = lower(email)),
    password_hash text,
    created_at timestamptz not null default now()
);

-- Temporary inboxes. last_received_at lags by seconds.
create table inbox (
    address text collate "C" primary key,
    created_at timestamptz not null default now(),
    last_received_at timestamptz not null default now()
);

-- Messages that PostgreSQL refused as rows (SQLSTATE classes 22, 23 and 54), with their bytes.
create table quarantine (
    message_uid uuid primary key,
    received_at timestamptz not null,
    mail_from text not null,
    inboxes text[] not null,
    client_ip inet not null,
    helo text not null,
    error_code text not null,
    error text not null,
    raw bytea not null
);

create table if not exists domains (
    id bigint generated always as identity primary key,
    domain text not null unique,
    created_at timestamptz not null default now()
);

create table if not exists bans (
    id bigint generated always as identity primary key,
    scope text not null check (scope in ('email', 'domain')),
    value text not null,
    match_type text not null default 'exact' check (match_type in ('exact', 'contains')),
    status text not null default 'active',
    created_at timestamptz not null default now()
);

create function cybertemp_notify_filters() returns trigger language plpgsql as $$
begin
    perform pg_notify('cybertemp_filters', tg_table_name);
    return null;
end
$$;

create trigger domains_changed after insert or update or delete or truncate on domains
    for each statement execute function cybertemp_notify_filters();

create trigger bans_changed after insert or update or delete or truncate on bans
    for each statement execute function cybertemp_notify_filters();

-- What the web and API programs read.
create view emails_api as
    select id,
        case when from_name = '' then from_address else from_name || ' <' || from_address || '>' end as "from",
        inbox as "to",
        subject,
        text,
        html,
        received_at as date,
        read
    from emails;

-- Makes the partition of one UTC day and attaches it, which stops neither readers nor writers of the parent.
-- True when it was missing.
create function emails_add_day(day date) returns boolean language plpgsql
set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    partition text := 'emails_' || to_char(day, 'YYYYMMDD');
    first_instant timestamptz := day::timestamp at time zone 'UTC';
    next_instant timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(1129923156, 2);
    if exists (select from pg_inherits where inhparent = 'emails'::regclass and inhrelid = to_regclass(partition)) then
        return false;
    end if;
    if to_regclass(partition) is null then
        -- Rows of up to half a page stay whole: measured, a quarter less work a row than moving them out at 2 KB.
        execute format(
            'create table %I (like emails including all, constraint %I check (received_at >= %L and received_at < %L)) '
                'with (toast_tuple_target = 4080)',
            partition, partition || '_day', first_instant, next_instant);
    end if;
    execute format(
        'alter table emails attach partition %I for values from (%L) to (%L)', partition, first_instant, next_instant);
    return true;
end
$$;

-- lz4 costs PostgreSQL less than half of pglz's time per row; not every server is built with it.
do $$
declare
    wide record;
begin
    if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)) then
        for wide in
            select attrelid::regclass as relation, attname from pg_attribute
            where attrelid in ('emails'::regclass, 'private_emails'::regclass, 'quarantine'::regclass)
                and attname in ('subject', 'text', 'html', 'raw', 'attachments', 'headers') and not attisdropped
        loop
            execute format('alter table %s alter column %I set compression lz4', wide.relation, wide.attname);
        end loop;
    end if;
end
$$;

select emails_add_day((now() at time zone 'UTC')::date + ahead) from generate_series(0, 7) as ahead;

insert into cybertemp_schema (version) values (1);

commit;
