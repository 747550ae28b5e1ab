-- Roles with no more rights than each program needs. Optional: by default everything belongs to the receiver's role.
--
--   psql -v ON_ERROR_STOP=1 -v receiver=cybertemp_receiver -v sync=cybertemp_sync -v api=cybertemp_api \
--        -v operator=cybertemp_operator -v migrator=cybertemp_migrator -f roles.sql
--
-- Run it as a superuser or as the owner of the schema, after the schema's files and again after each new one; it can be
-- run any number of times. Beside running services it can meet a deadlock (40P01): then nothing is changed, and it is run
-- once more. Passwords are not set here: alter role ... password.
--
-- migrator  owns the tables: runs `cybertemp migrate` and, from a timer, `cybertemp retention`
-- operator  runs `cybertemp domains`, `bans`, `blocked`, `prefixes`, `private`, `inbox`, `webhooks` and `doctor`; neither changes the schema nor drops days
-- receiver  stores mail and makes a missing day; neither drops anything nor reads stored mail beyond its own retries:
--           start it with Storage__Retention=0, Storage__ReservedRetention=0 and Storage__QuarantineRetention=0, and the
--           migrator's timer without. Give Cybertemp.Web the timer's Storage__Retention: it says when mail goes, and accounts'
--           mail goes then
-- sync      reads the domains, the bans and the rules of recipients
-- api       Cybertemp.Web: reads mail, marks it read, deletes it, leases inboxes, tells webhooks; makes and closes accounts
--           (Web__MailTm), and takes no address from anybody; what is on hold it can only move out of the readers' sight
\set ON_ERROR_STOP on
begin;

select format('create role %I login', name)
from unnest(array[:'receiver', :'sync', :'api', :'operator', :'migrator']) as name
where not exists (select from pg_roles where rolname = name)
\gexec

-- Everything belongs to the migrator, whoever made it.
select format('alter %s %s owner to %I', case c.relkind when 'v' then 'view' else 'table' end, c.oid::regclass, :'migrator')
from pg_class c
where c.relnamespace = (select relnamespace from pg_class where oid = 'emails'::regclass)
    and (c.relname in ('cybertemp_schema', 'emails', 'private_emails', 'held_emails', 'private_email', 'inbox', 'inbox_hold',
            'quarantine', 'domains', 'bans', 'blocked_addresses', 'domain_prefixes', 'inbox_lease', 'webhooks', 'webhook_outbox', 'webhook_log', 'emails_api')
        or c.oid in (select inhrelid from pg_inherits where inhparent = 'emails'::regclass))
    and c.relkind in ('r', 'p', 'v')
\gexec

select format('alter function %s owner to %I', oid::regprocedure, :'migrator')
from pg_proc
where proname in ('emails_add_day', 'cybertemp_notify_filters', 'cybertemp_scopes', 'cybertemp_outbox', 'cybertemp_watch_webhooks')
    and pronamespace = (select relnamespace from pg_class where oid = 'emails'::regclass)
\gexec

select format('grant usage, create on schema %s to %I', relnamespace::regnamespace, :'migrator') from pg_class where oid = 'emails'::regclass
\gexec
select format('grant usage on schema %s to %I, %I, %I, %I', relnamespace::regnamespace, :'receiver', :'sync', :'api', :'operator') from pg_class where oid = 'emails'::regclass
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

grant select on domains, bans, blocked_addresses, domain_prefixes to :"sync";

grant select on cybertemp_schema to :"operator";
grant select, insert, update, delete on domains, bans, blocked_addresses, domain_prefixes, private_email, inbox_hold to :"operator";
grant select, delete, update (expires_at) on inbox_lease to :"operator";
grant select, insert, delete on webhooks to :"operator";
grant select, update, delete on webhook_outbox to :"operator";
grant select, delete on webhook_log to :"operator";
grant select, update, delete on quarantine to :"operator";
grant select, delete on emails, private_emails, held_emails, inbox to :"operator";
grant insert on private_emails to :"operator";

grant select on emails, private_emails, emails_api, inbox, private_email, domains, blocked_addresses, domain_prefixes to :"api";
grant insert (email, password_hash), update (password_hash) on private_email to :"api";
grant select, insert, update (expires_at) on inbox_lease to :"api";
grant select, update (is_full) on webhooks to :"api";
grant select, update, delete on webhook_outbox to :"api";
grant select, insert, delete on webhook_log to :"api";
grant update (read) on emails, private_emails to :"api";
grant delete on emails, private_emails, inbox to :"api";
grant select on inbox_hold to :"api";
grant insert on held_emails to :"api";
grant select (id) on held_emails to :"api";

commit;
