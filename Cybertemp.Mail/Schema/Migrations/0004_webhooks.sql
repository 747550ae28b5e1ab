-- Cybertemp schema, version 4: telling other programs of new mail.
begin;

select pg_advisory_xact_lock(1129923156, 1);

-- What waits for a lock keeps all commits waiting behind it: better to try again.
set local lock_timeout = '3s';

do $$
begin
    if exists (select from cybertemp_schema where version >= 4) then
        raise exception 'schema version 4 is already applied' using errcode = 'CT001';
    end if;
end
$$;

-- Whom to tell of which mail. scope: an address, a domain, *.domain for all below it, or * for all mail. The parts are in
-- lower case; '' is any. is_full: too much waits, so that new mail is left out until less does.
create table webhooks (
    id uuid primary key default gen_random_uuid(),
    url text not null,
    secret text not null,
    scope text collate "C" not null,
    from_part text not null default '',
    subject_part text not null default '',
    is_full boolean not null default false,
    created_at timestamptz not null default now()
);

create index webhooks_scope on webhooks (scope);

-- What is still to be told. Written by the transaction that stores the mail, so that it is there if the mail is.
create table webhook_outbox (
    webhook_id uuid not null,
    email_id uuid not null,
    received_at timestamptz not null,
    attempts int not null default 0,
    next_attempt_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    dead_at timestamptz,
    primary key (webhook_id, email_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create index webhook_outbox_due on webhook_outbox (webhook_id, next_attempt_at) where dead_at is null;

create index webhook_outbox_dead on webhook_outbox (dead_at) where dead_at is not null;

-- Each attempt, bounded in time and number.
create table webhook_log (
    id bigint generated always as identity primary key,
    webhook_id uuid not null,
    email_id uuid not null,
    attempted_at timestamptz not null default now(),
    attempt int not null,
    outcome text not null,
    status int,
    milliseconds int not null,
    error text not null
);

create index webhook_log_webhook on webhook_log (webhook_id, id);

-- Every scope that an inbox is in.
create function cybertemp_scopes(inbox text) returns text[] language plpgsql immutable parallel safe as $$
declare
    domain text := split_part(inbox, '@', -1);
    scopes text[] := array['*', inbox, domain];
begin
    while strpos(domain, '.') > 0 loop
        domain := substr(domain, strpos(domain, '.') + 1);
        scopes := scopes || ('*.' || domain);
    end loop;
    return scopes;
end
$$;

create function cybertemp_outbox() returns trigger language plpgsql as $$
declare
    scopes constant text[] := cybertemp_scopes(new.inbox);
begin
    insert into webhook_outbox (webhook_id, email_id, received_at)
    select w.id, new.id, new.received_at
    from webhooks w
    where w.scope = any (scopes) and not w.is_full
        and (w.from_part = '' or strpos(lower(new.from_name || ' ' || new.from_address), w.from_part) > 0)
        and (w.subject_part = '' or strpos(lower(new.subject), w.subject_part) > 0)
    on conflict do nothing;
    return null;
end
$$;

-- Mail that only moves (cybertemp.moving) is not new. Days that are made later have the trigger as it is then.
create trigger emails_outbox after insert on emails for each row
    when (coalesce(current_setting('cybertemp.moving', true), '') = '') execute function cybertemp_outbox();

create trigger private_emails_outbox after insert on private_emails for each row
    when (coalesce(current_setting('cybertemp.moving', true), '') = '') execute function cybertemp_outbox();

-- They are enabled while there are webhooks: without any, storing mail costs what it did. Enabling waits for commits
-- under way, but neither for readers nor, as dropping would, for a backup.
alter table emails disable trigger emails_outbox;
alter table private_emails disable trigger private_emails_outbox;

create function cybertemp_watch_webhooks() returns trigger language plpgsql set lock_timeout = '3s' as $$
declare
    wanted boolean;
begin
    perform pg_advisory_xact_lock(1129923156, 5);
    wanted := exists (select from webhooks);
    if wanted = (select tgenabled = 'O' from pg_trigger where tgrelid = 'emails'::regclass and tgname = 'emails_outbox') then
        return null;
    end if;
    if wanted then
        alter table emails enable trigger emails_outbox;
        alter table private_emails enable trigger private_emails_outbox;
    else
        alter table emails disable trigger emails_outbox;
        alter table private_emails disable trigger private_emails_outbox;
    end if;
    return null;
end
$$;

create trigger webhooks_changed after insert or delete or truncate on webhooks
    for each statement execute function cybertemp_watch_webhooks();

-- Whoever stores mail writes what webhooks are to be told, and whoever adds the first one enables the triggers, with the
-- rights of who owns them and no other way. A restore and others have a search_path without the schema that these are in.
do $$
begin
    execute format('alter function cybertemp_outbox() security definer set search_path = %I, pg_temp', current_schema());
    execute format('alter function cybertemp_watch_webhooks() security definer set search_path = %I, pg_temp', current_schema());
end
$$;

insert into cybertemp_schema (version) values (4);

commit;
