#!/usr/bin/env bash
# Starts the whole stack on this machine: PostgreSQL, Redis, Sync, the SMTP receiver on localhost:2525 and the inbox on
# http://localhost:5270.
# usage: ./run.sh [--Cybertemp:SETTING=VALUE ...]
#   Servers=Auto|Containers|Processes|External   what PostgreSQL and Redis are (Auto: containers when a runtime answers)
#   Replicas=N           receivers behind localhost:2525 (1)
#   SmtpPort=N           another port for mail (2525)
#   UseSupabase=true     domains and bans from Supabase: Parameters:supabase-url, Parameters:supabase-service-role-key
#   EphemeralData=true   nothing is kept
#   OperatorKey=KEY      opens all mail, also to clients of Mailpit (a random one)
# External servers are named by --ConnectionStrings:cybertemp=... and --ConnectionStrings:redis=...
# or: --publisher manifest --output-path FILE   writes the deployment manifest
set -euo pipefail
root=$(dirname "$0")

case "${1:-}" in -h | --help)
    sed -n '2,12s/^# //p' "$0"
    exit 0
    ;;
esac

"$root/.ci/install" run
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if [ ! -e "$root/Cybertemp.AppHost/bin" ]; then
    echo 'First start: restoring packages (about 200 MB) and building; the next one takes seconds.' >&2
fi
dotnet build "$root/Cybertemp.AppHost" -v q --nologo
exec dotnet run --project "$root/Cybertemp.AppHost" --no-build -- "$@"
