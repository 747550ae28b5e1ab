-- Cybertemp schema, version 3: addresses that get no mail, and inboxes that end.
begin;

select pg_advisory_xact_lock(1129923156, 1);

-- What waits for a lock keeps all commits waiting behind it: better to try again.
set local lock_timeout = '3s';

do $$
begin
    if exists (select from cybertemp_schema where version >= 3) then
        raise exception 'schema version 3 is already applied' using errcode = 'CT001';
    end if;
end
$$;

-- Addresses of accepted domains whose mail is refused.
create table if not exists blocked_addresses (
    id bigint generated always as identity primary key,
    address text not null unique,
    created_at timestamptz not null default now()
);

-- A domain that is here receives for local parts with one of its prefixes only.
create table if not exists domain_prefixes (
    id bigint generated always as identity primary key,
    domain text not null,
    prefix text not null,
    created_at timestamptz not null default now(),
    unique (domain, prefix)
);

create trigger blocked_addresses_changed after insert or update or delete or truncate on blocked_addresses
    for each statement execute function cybertemp_notify_filters();

create trigger domain_prefixes_changed after insert or update or delete or truncate on domain_prefixes
    for each statement execute function cybertemp_notify_filters();

-- Inboxes that were asked for with an end, a claim or both. token_hash: SHA-256 of what opens a claimed one. Once
-- expires_at is over, or mail_ttl since a message's receipt, nobody is shown it and retention deletes it.
create table inbox_lease (
    address text collate "C" primary key,
    token_hash bytea unique check (octet_length(token_hash) = 32),
    mail_ttl interval check (mail_ttl > interval '0'),
    expires_at timestamptz,
    created_at timestamptz not null default now()
);

create index inbox_lease_expires_at on inbox_lease (expires_at);

insert into cybertemp_schema (version) values (3);

commit;
