#!/usr/bin/env bash
# Runs what deploys: real containers, real mail. Needs a container runtime, or root on Debian: then Debian's dockerd runs in a
# network namespace of its own, with stand-ins for the official images that cannot be pulled there.
# usage: deploy/verify.sh [systemd|prometheus|compose|kubernetes|apphost|patroni]...     without arguments all but the last; a table at the end
#   apphost      the AppHost with Cybertemp:Servers=Containers: mail in, mail stored, nothing left after kill -9
#   compose      deploy/compose with two receivers behind a balancer: one restarts, one is killed, every acknowledged mail is read back
#   systemd      deploy/systemd: no complaint, and an exposure of at most 2.5
#   prometheus   deploy/prometheus: promtool accepts the rules
#   kubernetes   deploy/kubernetes played by podman: ready, mail in, mail read back
#   patroni      three PostgreSQL servers under Patroni: a switchover and kill -9 of the primary's machine lose no acknowledged mail
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/verify/report.sh

[ $# -gt 0 ] || set -- systemd prometheus compose kubernetes apphost
for what in "$@"; do
    case "$what" in
    apphost | compose | kubernetes) . deploy/verify/engine.sh && . "deploy/verify/$what.sh" ;;
    systemd | prometheus | patroni) . "deploy/verify/$what.sh" ;;
    *)
        sed -n '4,10s/^# //p' "$0"
        exit 64
        ;;
    esac
done
print_report
