# The images of Cybertemp from the SDK, onto the official base or a stand-in for it. Sourced after engine.sh.

base=mcr.microsoft.com/dotnet/aspnet:10.0
images=(cybertemp-smtp-receiver cybertemp-sync cybertemp-web cybertemp-cli)

# What the official base promises: the runtime of this machine's SDK, the user app, HTTP on 8080.
build_base() {
    make_root
    local context=/run/cybertemp-verify/base
    rm -rf "$context"
    mkdir -p "$context/dotnet/shared"
    cp -a /usr/share/dotnet/dotnet /usr/share/dotnet/host "$context/dotnet/"
    cp -a /usr/share/dotnet/shared/Microsoft.NETCore.App /usr/share/dotnet/shared/Microsoft.AspNetCore.App "$context/dotnet/shared/"
    docker image inspect cybertemp-debian >/dev/null 2>&1 || tar -C "$root" --exclude=./usr/lib/postgresql --exclude=./usr/bin/redis-server -c . | docker import - cybertemp-debian >/dev/null
    cat >"$context/Dockerfile" <<'DOCKERFILE'
FROM cybertemp-debian
COPY dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && useradd --uid 1654 --create-home app
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
DOCKERFILE
    DOCKER_BUILDKIT=0 docker build -q -t "$1" "$context" >/dev/null
}

# The SDK takes a base from a registry only.
start_registry() {
    cat >/run/cybertemp-verify/registry.yml <<'YAML'
version: 0.1
storage: { filesystem: { rootdirectory: /var/lib/cybertemp-verify-registry } }
http: { addr: "127.0.0.1:15000" }
YAML
    "${in_engine[@]}" docker-registry serve /run/cybertemp-verify/registry.yml >/run/cybertemp-verify/registry.log 2>&1 &
    registry=$!
    until_true 10 "${in_engine[@]}" curl -sf http://127.0.0.1:15000/v2/ -o /dev/null
}

publish_images() {
    local project options=()
    if ! timeout 60 docker pull -q $base >/dev/null 2>&1; then
        say "$base cannot be pulled: a stand-in takes its place"
        command -v docker-registry >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker-registry >/dev/null
        start_registry
        build_base localhost:15000/dotnet/aspnet:10.0
        docker push -q localhost:15000/dotnet/aspnet:10.0 >/dev/null
        options=(-p:ContainerBaseImage=localhost:15000/dotnet/aspnet:10.0)
    fi
    for project in SmtpReceiver Sync Web Cli; do
        dotnet restore "Cybertemp.$project" -v q --nologo -r linux-x64 >/dev/null
        "${in_engine[@]}" dotnet publish "Cybertemp.$project" -c Release -t:PublishContainer -r linux-x64 --no-self-contained --no-restore -v q --nologo \
            -p:RunAnalyzers=false "${options[@]}" >/dev/null
    done
    [ -z "${registry:-}" ] || kill "$registry"
    # As before for whoever works here.
    dotnet restore Cybertemp.sln -v q --nologo >/dev/null
}

report_images() {
    local image
    for image in "${images[@]}"; do
        report images "$image: user, size" "$(docker image inspect -f '{{.Config.User}}' "$image:latest"), $(($(docker image inspect -f '{{.Size}}' "$image:latest") / 1000000)) MB"
    done
}
