# The receiver on three PostgreSQL servers under Patroni, each in a network namespace of its own: a switchover and the loss of
# the primary's machine while mail comes. Needs root on Debian; installs nothing, all of it is unpacked. Sourced by ../verify.sh.

[ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || { say 'Only root on Debian can be helped to Patroni.'; exit 69; }
for program in ip nsenter python3; do
    command -v "$program" >/dev/null || { say "$program is missing: apt-get install iproute2 util-linux python3"; exit 69; }
done
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/postgres" ] || { say 'PostgreSQL is missing: apt-get install postgresql'; exit 69; }

net=cybertemp-patroni nodes=(1 2 3)
work=$(mktemp -d /tmp/cybertemp-patroni.XXXX)
tools=$work/tools
mkdir "$tools"
chmod 755 "$work"
(cd "$tools" && apt-get download -qq patroni etcd-server python3-cdiff python3-click python3-dateutil python3-dnspython python3-etcd python3-pkg-resources \
    python3-prettytable python3-psutil python3-psycopg2 python3-six python3-urllib3 python3-wcwidth python3-yaml 2>/dev/null \
    && for package in *.deb; do dpkg -x "$package" .; done)
export PYTHONPATH=$tools/usr/lib/python3/dist-packages

address_of() { echo "198.18.8.1$1"; }
outside() { nsenter --net=/run/netns/$net "$@"; }
clean_patroni() {
    exec 9>&- || true
    [ -z "${receiver:-}" ] || kill "$receiver" 2>/dev/null || true
    for name in $net-1 $net-2 $net-3 $net; do
        [ ! -e "/run/netns/$name" ] || { ip netns pids "$name" | xargs -r kill -9; ip netns del "$name"; }
    done
    rm -rf "$work"
}
trap 'tail -n 20 "$work"/*.log >&2; clean_patroni' ERR

ip netns add $net
outside ip link set lo up
outside ip link add br0 type bridge
outside ip address add 198.18.8.1/24 dev br0
outside ip link set br0 up
for node in "${nodes[@]}"; do
    ip netns add "$net-$node"
    outside ip link add "n$node" type veth peer name eth0 netns "$net-$node"
    outside ip link set "n$node" master br0 up
    nsenter --net="/run/netns/$net-$node" ip link set lo up
    nsenter --net="/run/netns/$net-$node" ip address add "$(address_of "$node")/24" dev eth0
    nsenter --net="/run/netns/$net-$node" ip link set eth0 up
done

outside "$tools/usr/bin/etcd" --data-dir "$work/etcd" --listen-client-urls http://198.18.8.1:2379 \
    --advertise-client-urls http://198.18.8.1:2379 --listen-peer-urls http://127.0.0.1:2380 >"$work/etcd.log" 2>&1 &
until_true 20 outside curl -sf -o /dev/null http://198.18.8.1:2379/health

# ttl: how long a primary that is gone is waited for; 20 s is the least that Patroni takes.
write_configuration() {
    mkdir -m 700 "$work/n$1"
    cat >"$work/n$1.yml" <<YAML
scope: cybertemp
name: n$1
restapi: { listen: "$(address_of "$1"):8008", connect_address: "$(address_of "$1"):8008" }
etcd3: { host: "198.18.8.1:2379" }
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      parameters: { wal_log_hints: "on" }
  initdb: [ encoding: UTF8, locale: C ]
postgresql:
  listen: "$(address_of "$1"):5432"
  connect_address: "$(address_of "$1"):5432"
  data_dir: $work/n$1/data
  bin_dir: $bin
  pgpass: $work/n$1/pgpass
  parameters: { unix_socket_directories: "$work/n$1" }
  pg_hba: [ "local all all trust", "host all all 198.18.8.0/24 scram-sha-256", "host replication all 198.18.8.0/24 scram-sha-256" ]
  authentication:
    superuser: { username: postgres, password: verify-only }
    replication: { username: standby, password: verify-only }
    rewind: { username: rewind, password: verify-only }
YAML
    chown -R postgres "$work/n$1" "$work/n$1.yml"
}
start_node() {
    nsenter --net="/run/netns/$net-$1" setpriv --reuid=postgres --regid=postgres --clear-groups \
        /usr/bin/python3 "$tools/usr/bin/patroni" "$work/n$1.yml" >>"$work/n$1.log" 2>&1 &
}
ask() { PGPASSWORD=verify-only outside "$bin/psql" -h 198.18.8.11,198.18.8.12,198.18.8.13 -U postgres -d "$1" -v ON_ERROR_STOP=1 -Atc "$2" 2>/dev/null; }
on_primary() { PGTARGETSESSIONATTRS=primary ask "$@"; }
# Who leads, once the two others stream and one of them is synchronous.
is_whole() { [ "$(on_primary postgres "select count(*), count(*) filter (where sync_state = 'sync') from pg_stat_replication where state = 'streaming'")" = '2|1' ]; }
leader() { on_primary postgres "select host(inet_server_addr())" | sed 's/.*\.1//'; }

started=$(date +%s%N)
for node in "${nodes[@]}"; do write_configuration "$node"; start_node "$node"; done
until_true 120 is_whole
report patroni "three nodes, one of them synchronous" "$(seconds_since "$started")"

dotnet build Cybertemp.SmtpReceiver -v q --nologo
on_primary postgres 'create database cybertemp' >/dev/null
cd "$work"
outside env ConnectionStrings__cybertemp='Host=198.18.8.11,198.18.8.12,198.18.8.13;Target Session Attributes=primary;Username=postgres;Password=verify-only;Database=cybertemp' \
    Storage__TimelineFence=Auto Filters__Domains__Source=Open Filters__Bans__Source=Open Smtp__Port=2525 ASPNETCORE_URLS=http://127.0.0.1:8080 \
    "$OLDPWD/Cybertemp.SmtpReceiver/bin/Debug/net10.0/Cybertemp.SmtpReceiver" >"$work/receiver.log" 2>&1 &
receiver=$!
cd "$OLDPWD"
until_true 60 outside curl -sf -o /dev/null http://127.0.0.1:8080/health

# usage: under_load NAME COMMAND...    the command is run while mail comes; what was acknowledged must be stored
under_load() {
    local name=$1 gate=$work/$1.gate acknowledged=$work/$1.acknowledged
    shift
    mkfifo "$gate"
    : >"$acknowledged"
    has_mail() { [ "$(wc -l <"$acknowledged")" -ge "$1" ]; }
    outside python3 deploy/verify/mail.py send 127.0.0.1:2525 "$name.example" 8 "$acknowledged" <"$gate" >"$work/$name.sent" &
    local sender=$!
    exec 9>"$gate"
    until_true 60 has_mail 100
    "$@" >>"$work/$name.log" 2>&1
    until_true 120 has_mail $(($(wc -l <"$acknowledged") + 100))
    exec 9>&-
    wait "$sender"
    report patroni "$name: sent" "$(cat "$work/$name.sent")"
    on_primary cybertemp "select inbox || ' ' || subject from emails where inbox like '%@$name.example'" | sort >"$work/$name.stored"
    report patroni "$name: acknowledged and lost" "$(sort -u "$acknowledged" | comm -23 - <(sort -u "$work/$name.stored") | wc -l)"
    [ -z "$(sort -u "$acknowledged" | comm -23 - <(sort -u "$work/$name.stored"))" ]
}
switch_over() {
    before=$(leader)
    outside /usr/bin/python3 "$tools/usr/bin/patronictl" -c "$work/n1.yml" switchover --master "n$before" --force
    until_true 60 has_another_leader
}
kill_node() {
    before=$(leader)
    ip netns pids "$net-$before" | xargs -r kill -9
    until_true 90 has_another_leader
}
has_another_leader() { [ -n "$(leader)" ] && [ "$(leader)" != "$before" ]; }

under_load switchover switch_over
until_true 60 is_whole
under_load killed kill_node
start_node "$before"
started=$(date +%s%N)
until_true 120 is_whole
report patroni "killed: started again, a synchronous pair and a third after" "$(seconds_since "$started")"
[ "$(leader)" != "$before" ]
trap - ERR
clean_patroni
