#!/bin/sh
# What the official images of PostgreSQL, Redis and HAProxy promise, as far as Cybertemp uses them.
set -eu
case "${1:-postgres}" in
postgres) ;;
# The official image takes clients from everywhere.
redis-server) exec "$@" --protected-mode no ;;
*) exec "$@" ;;
esac

data=${PGDATA:-/var/lib/postgresql/18/docker}
user=${POSTGRES_USER:-postgres}
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }

mkdir -p "$data" /var/run/postgresql
chown -R postgres:postgres "$data" /var/run/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
    umask 077
    printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
    chown postgres /tmp/password
    as_postgres initdb -D "$data" -U "$user" -E UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 --pwfile=/tmp/password
    rm /tmp/password
    echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
    as_postgres pg_ctl -D "$data" -w -o '-c listen_addresses=' start
    [ "${POSTGRES_DB:-$user}" = postgres ] || as_postgres createdb -U "$user" "${POSTGRES_DB:-$user}"
    as_postgres pg_ctl -D "$data" -w -m fast stop
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$data" -c 'listen_addresses=*'
