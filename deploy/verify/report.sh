# What was found, as a table at the end. Sourced by ../verify.sh.

say() { printf '%s\n' "$*" >&2; }

rows=()

# usage: report AREA WHAT RESULT
report() {
    rows+=("$1"$'\t'"$2"$'\t'"$3")
    say "$1: $2: $3"
}

print_report() {
    local row area what result
    printf '\n| %-10s | %-62s | %-44s |\n' area what result
    printf '| %s | %s | %s |\n' ---------- -------------------------------------------------------------- --------------------------------------------
    for row in "${rows[@]}"; do
        IFS=$'\t' read -r area what result <<<"$row"
        printf '| %-10s | %-62s | %-44s |\n' "$area" "$what" "$result"
    done
}

# usage: seconds_since NANOSECONDS     with one decimal
seconds_since() { awk -v a="$1" -v b="$(date +%s%N)" 'BEGIN { printf "%.1f s", (b - a) / 1e9 }'; }

# usage: until_true SECONDS COMMAND...     fails when it does not come true in time
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ $SECONDS -ge $deadline ]; then
            say "In vain: $*"
            return 1
        fi
        sleep 0.2
    done
}
