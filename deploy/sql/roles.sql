-- Roles with no more rights than each program needs. Optional: by default everything belongs to the receiver's role.
--
--   psql -v ON_ERROR_STOP=1 -v receiver=cybertemp_receiver -v sync=cybertemp_sync -v api=cybertemp_api \
--        -v migrator=cybertemp_migrator -f roles.sql
--
-- Run it as a superuser or as the owner of the schema, after the schema's files and again after each new one; it can be
-- run any number of times. Passwords are not set here: alter role ... password.
--
-- migrator  owns the tables: runs `migrate` and, from a timer, `retention`
-- receiver  stores mail and makes a missing day; neither drops anything nor reads stored mail beyond its own retries:
--           start it with Storage__Retention=0, and the migrator's timer without
-- sync      reads the domains and bans
-- api       reads mail, marks it read, deletes it
\set ON_ERROR_STOP on
begin;

select format('create role %I login', name)
from unnest(array[:'receiver', :'sync', :'api', :'migrator']) as name
where not exists (select from pg_roles where rolname = name)
\gexec

-- Everything belongs to the migrator, whoever made it.
select format('alter %s %s owner to %I', case c.relkind when 'v' then 'view' else 'table' end, c.oid::regclass, :'migrator')
from pg_class c
where c.relnamespace = (select relnamespace from pg_class where oid = 'emails'::regclass)
    and (c.relname in ('cybertemp_schema', 'emails', 'private_emails', 'held_emails', 'private_email', 'inbox', 'inbox_hold',
            'quarantine', 'domains', 'bans', 'emails_api')
        or c.oid in (select inhrelid from pg_inherits where inhparent = 'emails'::regclass))
    and c.relkind in ('r', 'p', 'v')
\gexec

select format('alter function %s owner to %I', oid::regprocedure, :'migrator')
from pg_proc
where proname in ('emails_add_day', 'cybertemp_notify_filters')
    and pronamespace = (select relnamespace from pg_class where oid = 'emails'::regclass)
\gexec

select format('grant usage, create on schema %s to %I', relnamespace::regnamespace, :'migrator') from pg_class where oid = 'emails'::regclass
\gexec
select format('grant usage on schema %s to %I, %I, %I', relnamespace::regnamespace, :'receiver', :'sync', :'api') from pg_class where oid = 'emails'::regclass
\gexec

-- The receiver makes a missing day with the migrator's rights, and no other way.
alter function emails_add_day(date) security definer;
select format('alter function emails_add_day(date) set search_path = %s, pg_temp', relnamespace::regnamespace) from pg_class where oid = 'emails'::regclass
\gexec
revoke execute on function emails_add_day(date) from public;
grant execute on function emails_add_day(date) to :"receiver", :"migrator";

grant select on cybertemp_schema to :"receiver";
grant insert on emails, private_emails, quarantine to :"receiver";
grant select (id, received_at) on emails, private_emails to :"receiver";
grant select (message_uid) on quarantine to :"receiver";
grant select (email) on private_email to :"receiver";
grant select, insert, update on inbox to :"receiver";

grant select on domains, bans to :"sync";

grant select on emails, private_emails, emails_api, inbox, private_email, domains to :"api";
grant update (read) on emails, private_emails to :"api";
grant delete on emails, private_emails, inbox to :"api";

commit;
