# The AppHost as a developer with Docker runs it. Sourced by ../verify.sh.

need_image docker.io/library/postgres:18.3
need_image docker.io/library/redis:8.6
dotnet build Cybertemp.AppHost -v q --nologo

log=$(mktemp)
containers() { docker container ls -q; }
[ -z "$(containers)" ] || { say 'Other containers run here: their absence could not be told.'; exit 69; }

env DOTNET_ENVIRONMENT=Development ASPIRE_ALLOW_UNSECURED_TRANSPORT=true ASPNETCORE_URLS=http://127.0.0.1:0 \
    ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:0 ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://127.0.0.1:0 \
    "${in_engine[@]}" Cybertemp.AppHost/bin/Debug/net10.0/Cybertemp.AppHost --Cybertemp:EphemeralData=true >"$log" 2>&1 &
apphost=$!
trap 'kill -9 $apphost 2>/dev/null; cat "$log" >&2' ERR

started=$SECONDS
until grep -q 'Read it, with' "$log"; do
    kill -0 $apphost && [ $((SECONDS - started)) -lt 180 ]
    sleep 0.5
done
grep -q 'Servers: Containers' "$log"
report apphost "mail is accepted after the start" "$((SECONDS - started)) s"

"${in_engine[@]}" python3 - <<'PY'
import smtplib
with smtplib.SMTP("localhost", 2525) as client:
    client.sendmail("me@example.org", ["box@cybertemp.localhost"], "Subject: In a container\r\n\r\nbody")
    try:
        client.sendmail("me@example.org", ["box@elsewhere.example"], "Subject: no\r\n\r\nbody")
    except smtplib.SMTPRecipientsRefused as refused:
        assert refused.recipients["box@elsewhere.example"][0] == 550
    else:
        raise SystemExit("a foreign domain was accepted")
PY
postgres=$(docker container ls -q --filter ancestor=docker.io/library/postgres:18.3)
stored=$(docker exec "$postgres" sh -c 'PGPASSWORD=$POSTGRES_PASSWORD psql -h 127.0.0.1 -U postgres -At -c "select subject from emails" cybertemp')
[ "$stored" = 'In a container' ]
report apphost "stored in the container of PostgreSQL" "$stored"

kill -9 $apphost
killed=$SECONDS
until [ -z "$(containers)" ] && ! pgrep -f "$PWD/.*bin/Debug/net10.0/Cybertemp\\.(SmtpReceiver|Sync)" >/dev/null; do
    [ $((SECONDS - killed)) -lt 30 ]
    sleep 0.5
done
report apphost "nothing is left after kill -9" "$((SECONDS - killed)) s"
trap - ERR
rm "$log"
