#!/usr/bin/env bash
# Starts the whole stack on this machine: PostgreSQL, Redis, Sync and the SMTP receiver on localhost:2525.
# usage: ./run.sh [--published | --bundled] [arguments of the AppHost]
#   --published  try the published NuGet packages; when they restore, they are this checkout's default from now on
#   --bundled    back to the subsets in bundled/
# arguments of the AppHost are settings, as --Cybertemp:Replicas=3:
#   Cybertemp:Replicas=N           receivers behind localhost:2525 (1)
#   Cybertemp:UseSupabase=true     domains and bans from Supabase: Parameters:supabase-url, Parameters:supabase-service-role-key
#   Cybertemp:ExternalState=true   servers that run already: ConnectionStrings:cybertemp, ConnectionStrings:redis
#   Cybertemp:EphemeralData=true   nothing is kept
# or: --publisher manifest --output-path FILE   writes the deployment manifest; --help says what the AppHost offers besides
set -euo pipefail
cd "$(dirname "$0")"

case "${1:-}" in
--published)
    shift
    dotnet restore Cybertemp.sln -p:UsePublishedPackages=true
    printf '<Project><PropertyGroup><UsePublishedPackages>true</UsePublishedPackages></PropertyGroup></Project>\n' > Packages.local.props
    ;;
--bundled)
    shift
    rm -f Packages.local.props
    ;;
-h | --help)
    sed -n '2,11s/^# //p' "$0"
    exit 0
    ;;
esac

.ci/install run
exec dotnet run --project Cybertemp.AppHost -- "$@"
