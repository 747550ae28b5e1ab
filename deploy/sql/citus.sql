-- Distributes the tables of mail over the nodes of Citus, by inbox. Optional, and tested against the rules of Citus' own
-- documentation and source (14.0) only: it has not been run on Citus. docs/scaling.md says what is given up.
--
--   psql -v ON_ERROR_STOP=1 -f citus.sql
--
-- Run it once, as the owner of the tables, on the coordinator, after `create extension citus`, the nodes (the coordinator
-- among them: citus_set_coordinator_host, with shouldhaveshards as you like) and the schema's files, before roles.sql. All
-- programs connect to the coordinator. An emptied database is quickest; rows that are there are moved.
--
-- by inbox     emails, private_emails, held_emails, inbox, inbox_lease: what one inbox has is on one node
-- everywhere   private_email, inbox_hold: looked up beside mail of any inbox, seldom written
-- coordinator  the lists of rules, quarantine, webhooks and cybertemp_schema: left as they are
\set ON_ERROR_STOP on
begin;

select pg_advisory_xact_lock(1129923156, 1);

-- A unique key is kept by each node for itself, so that it must contain what says which node. The id alone is unique all
-- the same: it is a UUID; so is the hash of a token, of 256 random bits.
alter table emails drop constraint emails_pkey;
alter table emails add primary key (id, received_at, inbox);
alter table private_emails drop constraint private_emails_pkey;
alter table private_emails add primary key (id, inbox);
alter table held_emails drop constraint held_emails_pkey;
alter table held_emails add primary key (id, inbox);
alter table inbox_lease drop constraint inbox_lease_token_hash_key;
create index inbox_lease_token_hash on inbox_lease (token_hash);

-- Distributed tables have no triggers. What mail webhooks are to be told is written by some: there are no webhooks then.
drop trigger webhooks_changed on webhooks;
drop trigger emails_outbox on emails;
drop trigger private_emails_outbox on private_emails;
alter table webhooks add constraint webhooks_are_not_told_with_citus check (false);

select create_reference_table('private_email');
select create_reference_table('inbox_hold');
select create_distributed_table('inbox', 'address');
select create_distributed_table('inbox_lease', 'address', colocate_with => 'inbox');
select create_distributed_table('emails', 'inbox', colocate_with => 'inbox');
select create_distributed_table('private_emails', 'inbox', colocate_with => 'inbox');
select create_distributed_table('held_emails', 'inbox', colocate_with => 'inbox');

commit;
