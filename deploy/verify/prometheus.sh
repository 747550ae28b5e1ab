# deploy/prometheus, by Prometheus' own tool. Sourced by ../verify.sh.

promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
    # Unpacked: installing the package would start a server.
    tools=$(mktemp -d)
    (cd "$tools" && apt-get download -qq prometheus 2>/dev/null && dpkg -x prometheus_*.deb .)
    promtool=$tools/usr/bin/promtool
fi
report prometheus "promtool check rules" "$("$promtool" check rules deploy/prometheus/cybertemp.rules.yaml | grep -o 'SUCCESS.*')"
[ -z "${tools:-}" ] || rm -rf "$tools"
