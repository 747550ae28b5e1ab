# deploy/kubernetes played by podman: the same pods, containers and secrets, without a cluster around them: no Service, no second
# replica, no probes, which podman leaves to systemd. Sourced after engine.sh by ../verify.sh.
. deploy/verify/images.sh

{ command -v podman && command -v catatonit; } >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends podman catatonit runc netavark aardvark-dns >/dev/null
work=$(mktemp -d)
cat >"$work/containers.conf" <<'CONF'
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
CONF
cat >"$work/storage.conf" <<'CONF'
[storage]
driver = "overlay"
graphroot = "/var/lib/cybertemp-verify-podman"
runroot = "/run/cybertemp-verify-podman"
CONF
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf
pod() { "${in_engine[@]}" podman "$@"; }
clean_kubernetes() {
    pod kube down "$work/all.yaml" >/dev/null 2>&1 || true
    pod rm -f -t 2 postgres redis >/dev/null 2>&1 || true
    pod secret rm cybertemp cybertemp-web >/dev/null 2>&1 || true
    pod network rm -f cybertemp >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap 'pod ps -a >&2; for id in $(pod ps -aq); do pod logs --tail 10 "$id" >&2; done; clean_kubernetes' ERR

need_image postgres:17
need_image redis:7
[ -n "${VERIFY_KEEPS_IMAGES:-}" ] || publish_images
for image in postgres:17 redis:7 "${images[@]/%/:latest}"; do
    [ -n "${VERIFY_KEEPS_IMAGES:-}" ] && pod image exists "$image" || docker save "$image" | pod load -q >/dev/null
done

pod network create cybertemp >/dev/null
pod run -d --name postgres --network cybertemp -e POSTGRES_USER=cybertemp -e POSTGRES_DB=cybertemp -e POSTGRES_PASSWORD=verify-only postgres:17 >/dev/null
pod run -d --name redis --network cybertemp redis:7 redis-server --save '' --appendonly no >/dev/null

database='Host=postgres;Username=cybertemp;Password=verify-only;Database=cybertemp'
# podman reads a secret of a pod as JSON, and publishes each container's ports on the host, where three have 8080.
printf '{"ConnectionStrings__cybertemp": "%s", "ConnectionStrings__redis": "%s"}' "$(printf '%s' "$database" | base64 -w0)" "$(printf redis:6379 | base64 -w0)" \
    | pod secret create cybertemp - >/dev/null
printf '{"Web__OperatorKey": "%s"}' "$(printf verify-operator-key | base64 -w0)" | pod secret create cybertemp-web - >/dev/null
sed -E 's|registry.example.com/|localhost/|; /(readiness|liveness)Probe:/d; /^ {10}ports:|containerPort:/d; s/replicas: 2/replicas: 1/' deploy/kubernetes/cybertemp.yaml >"$work/all.yaml"
is_postgres_ready() { pod exec postgres pg_isready -h 127.0.0.1 -U cybertemp >/dev/null 2>&1; }
until_true 60 is_postgres_ready
started=$(date +%s%N)
pod kube play --network cybertemp "$work/all.yaml" >"$work/played" 2>&1 || { cat "$work/played" >&2; false; }
address() { pod inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$(pod pod inspect -f '{{.InfraContainerID}}' "$1-pod-0")"; }
answers() { "${in_engine[@]}" curl -sf -o /dev/null "http://$(address "$1"):8080/health"; }
until_true 90 answers smtp-receiver
until_true 60 answers web
pod run --rm --network cybertemp -e ConnectionStrings__cybertemp="$database" -e ConnectionStrings__redis=redis:6379 localhost/cybertemp-cli:latest domains add example.com >/dev/null
until_true 30 answers sync
report kubernetes "played, ready, a domain added" "$(seconds_since "$started")"
mkfifo "$work/gate"
: >"$work/acknowledged"
"${in_engine[@]}" python3 deploy/verify/mail.py send "$(address smtp-receiver):2525" example.com 4 "$work/acknowledged" <"$work/gate" >"$work/sent" &
sender=$!
exec 9>"$work/gate"
has_mail() { [ "$(wc -l <"$work/acknowledged")" -ge 200 ]; }
until_true 60 has_mail
exec 9>&-
wait "$sender"
report kubernetes "sent to the pod" "$(cat "$work/sent")"
report kubernetes "read back through the web API" "$("${in_engine[@]}" python3 deploy/verify/mail.py read "http://$(address web):8080" "$work/acknowledged")"
trap - ERR
clean_kubernetes
