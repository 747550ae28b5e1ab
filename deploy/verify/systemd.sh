# deploy/systemd, as far as it can be looked at without systemd as the first process. Sourced by ../verify.sh.

units=$(mktemp -d)
for unit in deploy/systemd/*.service; do
    name=$(basename "$unit")
    # The programs are not installed here; everything else is as it is.
    sed -E 's|^ExecStart=/opt/.*|ExecStart=/bin/true|; s|^(WorkingDirectory)=.*|\1=/|' "$unit" >"$units/$name"
    # A mistyped key is a line of output and no failure.
    complaints=$(systemd-analyze verify "$units/$name" 2>&1 || true)
    [ -z "$complaints" ] || { say "$complaints"; exit 1; }
    exposure=$(systemd-analyze security --offline=yes --threshold=25 --no-pager "$units/$name" | sed -n 's/.*Overall exposure level for .*: \([0-9.]*\).*/\1/p')
    report systemd "$name: complaints, exposure (0 to 10)" "none, $exposure"
done
rm -rf "$units"
