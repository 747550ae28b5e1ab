#!/usr/bin/env bash
# Runs what deploys: real containers, real mail. Needs a container runtime, or root on Debian: then Debian's dockerd runs in a
# network namespace of its own, with stand-ins for the official images that cannot be pulled there.
# usage: deploy/verify.sh apphost     the AppHost with Cybertemp:Servers=Containers: mail in, mail stored, nothing left after kill -9
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/verify/engine.sh

case "${1:-}" in
apphost) . deploy/verify/apphost.sh ;;
*)
    sed -n '4,$s/^# //p' "$0" | head -1
    exit 64
    ;;
esac
