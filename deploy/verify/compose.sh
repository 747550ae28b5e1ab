# deploy/compose as an operator starts it, with a second receiver and a balancer. Sourced by ../verify.sh.
. deploy/verify/images.sh

need_image postgres:17
need_image redis:7
need_image haproxy:3.0
# VERIFY_KEEPS_IMAGES=1 takes those of the last run.
[ -n "${VERIFY_KEEPS_IMAGES:-}" ] || publish_images
report_images

export COMPOSE_PROJECT_NAME=cybertemp-verify POSTGRES_PASSWORD=verify-only
work=$(mktemp -d)
: >"$work/env"
export SECCOMP_PROFILE=$work/seccomp.json
python3 deploy/verify/seccomp.py deploy/systemd/cybertemp-receiver.service >"$SECCOMP_PROFILE"
compose() { "${in_engine[@]}" docker-compose --env-file "$work/env" -f deploy/compose/compose.yaml -f deploy/verify/compose.override.yaml "$@"; }
is_healthy() { docker exec "$1" true && "${in_engine[@]}" curl -sf -o /dev/null "http://$(address_of "$1"):8080/health"; }
address_of() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }
has_tables() { docker exec "${1}" psql -h 127.0.0.1 -U cybertemp -Atc 'select 1 from domains limit 0' >/dev/null 2>&1; }
clean_compose() {
    compose down -v -t 5 >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap 'compose logs --tail 20 >&2; clean_compose' ERR

started=$(date +%s%N)
compose up -d >"$work/up" 2>&1 || { cat "$work/up" >&2; false; }
first=$(compose ps -q smtp-receiver) second=$(compose ps -q smtp-receiver-2) web=$(compose ps -q web) sync=$(compose ps -q sync)
for container in "$first" "$second" "$web"; do
    until_true 60 is_healthy "$container" 2>/dev/null
done
compose run --rm cybertemp domains add example.com >"$work/add" 2>&1 || { cat "$work/add" >&2; false; }
report compose "up, ready, a domain added" "$(seconds_since "$started")"
for container in "$first" "$web" "$sync"; do
    report compose "$(docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}}: user, root read-only, memory' "$container")" \
        "$(docker exec "$container" id -u), $(docker inspect -f '{{.HostConfig.ReadonlyRootfs}}' "$container"), $(docker stats --no-stream --format '{{.MemUsage}}' "$container" | cut -d/ -f1)"
done

gate=$work/gate
mkfifo "$gate"
: >"$work/acknowledged"
"${in_engine[@]}" python3 deploy/verify/mail.py send 127.0.0.1:2525 example.com 16 "$work/acknowledged" <"$gate" >"$work/sent" &
sender=$!
exec 9>"$gate"
has_mail() { [ "$(wc -l <"$work/acknowledged")" -ge "$1" ]; }
until_true 60 has_mail 200
stopped=$(date +%s%N)
docker restart -t 40 "$first" >/dev/null
until_true 60 is_healthy "$first"
report compose "one receiver restarted under load, ready again" "$(seconds_since "$stopped")"
until_true 60 has_mail $(($(wc -l <"$work/acknowledged") + 200))
docker kill -s KILL "$second" >/dev/null
until_true 60 has_mail $(($(wc -l <"$work/acknowledged") + 200))
docker start "$second" >/dev/null
until_true 60 is_healthy "$second"
until_true 60 has_mail $(($(wc -l <"$work/acknowledged") + 200))
exec 9>&-
wait "$sender"
report compose "sent while one restarted and one was killed" "$(cat "$work/sent")"
report compose "read back through the web API" "$("${in_engine[@]}" python3 deploy/verify/mail.py read http://127.0.0.1:8080 "$work/acknowledged")"
balancer=$(address_of "$(compose ps -q balancer)")
clients=$(docker exec "$(compose ps -q postgres)" psql -h /var/run/postgresql -U cybertemp -Atc "select count(*) filter (where client_ip = '$balancer') from emails" cybertemp)
[ "$clients" = 0 ]
report compose "mail with the balancer's address in place of the client's" "$clients"
ended=$(date +%s%N)
docker stop -t 40 "$first" >/dev/null
report compose "a receiver stops; exit code, time" "$(docker inspect -f '{{.State.ExitCode}}' "$first"), $(seconds_since "$ended")"
trap - ERR
clean_compose
