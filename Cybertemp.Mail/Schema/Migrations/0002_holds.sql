-- Cybertemp schema, version 2: mail that must outlive its retention.
begin;

select pg_advisory_xact_lock(1129923156, 1);

do $$
begin
    if exists (select from cybertemp_schema where version >= 2) then
        raise exception 'schema version 2 is already applied' using errcode = 'CT001';
    end if;
end
$$;

-- Temporary inboxes whose expired mail is kept.
create table inbox_hold (
    address text collate "C" primary key,
    created_at timestamptz not null default now()
);

-- Mail of inboxes on hold whose day has been dropped.
create table held_emails (
    like private_emails including all
) with (toast_tuple_target = 4080);

insert into cybertemp_schema (version) values (2);

commit;
