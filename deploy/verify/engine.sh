# A container engine for the scripts beside this one: the one that answers, or Debian's dockerd in a namespace of its own.
# Sets: in_engine, the words before a command that runs where published ports are on localhost.

start_dockerd() {
    local run=/run/cybertemp-verify
    export DOCKER_HOST="unix://$run/docker.sock"
    in_engine=(nsenter --net=/run/netns/cybertemp-verify)
    mkdir -p "$run"
    [ -e /run/netns/cybertemp-verify ] || ip netns add cybertemp-verify
    "${in_engine[@]}" ip link set lo up
    cat >"$run/daemon.json" <<JSON
{ "data-root": "/var/lib/cybertemp-verify", "exec-root": "$run/exec", "pidfile": "$run/docker.pid", "hosts": ["$DOCKER_HOST"],
  "bip": "198.51.100.1/25", "default-address-pools": [{ "base": "198.51.100.128/25", "size": 27 }],
  "storage-driver": "overlay2", "exec-opts": ["native.cgroupdriver=cgroupfs"] }
JSON
    if ! docker version >/dev/null 2>&1; then
        "${in_engine[@]}" dockerd --config-file "$run/daemon.json" >"$run/dockerd.log" 2>&1 &
        trap 'kill '$!'; wait' EXIT
    fi
    for _ in $(seq 100); do
        docker version >/dev/null 2>&1 && return
        sleep 0.2
    done
    say "dockerd does not answer: $run/dockerd.log"
    exit 1
}

# A root file system of Debian with what the official images hold, for where those cannot be pulled; sets: root.
make_root() {
    root=/var/lib/cybertemp-verify-root
    if [ ! -e "$root/usr/sbin/haproxy" ]; then
        say 'Making a Debian with PostgreSQL, Redis and HAProxy ...'
        [ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" >/dev/null
        cp /etc/resolv.conf /etc/hosts "$root/etc/"
        cp -a /etc/apt/. "$root/etc/apt/"
        chroot "$root" apt-get update -qq
        DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -qq --no-install-recommends postgresql-15 redis-server haproxy ca-certificates libicu72 >/dev/null 2>&1
        rm -rf "$root"/var/lib/postgresql/* "$root"/var/cache/apt/archives/*.deb
    fi
    install -m 755 deploy/verify/stand-in-entrypoint.sh "$root/entrypoint.sh"
}

build_stand_in() {
    local data=/var/lib/postgresql/18/docker
    [[ "$1" == *postgres:17* ]] && data=/var/lib/postgresql/data
    make_root
    say "$1 cannot be pulled: a stand-in takes its place"
    tar -C "$root" -c . | docker import --change 'ENTRYPOINT ["/entrypoint.sh"]' --change 'ENV PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        --change "ENV PGDATA=$data" - "$1" >/dev/null
}

# Sees to an image: there, pulled, or a stand-in for it.
need_image() {
    docker image inspect "$1" >/dev/null 2>&1 || timeout 120 docker pull -q "$1" 2>/dev/null || build_stand_in "$1"
}

if [ -n "${in_engine:-}" ]; then
    : # An earlier part has it: a dockerd of ours answers from outside its namespace, too.
elif timeout 2 docker container ls --last 1 >/dev/null 2>&1; then
    in_engine=(env)
elif [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    if ! command -v dockerd >/dev/null || ! command -v debootstrap >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io docker-compose iptables debootstrap iproute2 >/dev/null
    fi
    start_dockerd
else
    say 'No container runtime answers, and only root on Debian can be helped to one.'
    exit 69
fi
