#!/usr/bin/env bash
# The receiver beside node's smtp-server + mailparser + one INSERT per mail, both answering 250 after the commit: rounds of
# one second server after the other, on one PostgreSQL; medians and their ratio.
# usage: compare.sh postgresql://user@127.0.0.1:5432/empty_database [rounds, default 5] [sessions, default 50]
set -euo pipefail
cd "$(dirname "$0")"
database=${1:?usage: compare.sh DATABASE_URL [rounds] [sessions]} rounds=${2:-5} sessions=${3:-50}
ours=2626 peer=2627

[ -d node_modules ] || npm install --no-audit --no-fund --silent
dotnet build .. -c Release -v q --nologo >/dev/null
load=(dotnet ../bin/Release/net10.0/Cybertemp.Benchmarks.dll Load)
receiver=../../Cybertemp.SmtpReceiver/bin/Release/net10.0/Cybertemp.SmtpReceiver.dll

DATABASE_URL=$database USE_SUPABASE_DOMAINS=false USE_SUPABASE_BANS=false SMTP_RECEIVE_PORT=$ours ASPNETCORE_URLS=http://127.0.0.1:18926 \
    Logging__LogLevel__Default=Warning dotnet "$receiver" &
servers=$!
DATABASE_URL=$database node node-smtp-server.mjs $peer >/dev/null &
servers="$servers $!"
trap 'kill $servers' EXIT
for port in $ours $peer; do
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.2; done
done

# The compilers of both need some seconds of load before they are done.
for mode in pipe lock; do
    for port in $ours $peer; do "${load[@]}" mode=$mode port=$port sessions="$sessions" warmup=8 seconds=1 rounds=1 >/dev/null; done
done

for mode in pipe lock; do
    for ((round = 0; round < rounds; round++)); do
        for port in $ours $peer; do
            echo "$mode $port $("${load[@]}" mode=$mode port=$port sessions="$sessions" warmup=1 seconds=3 rounds=1 | grep -o 'median.*')"
        done
    done
done | awk -v ours=$ours '
    function median(list, n, i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j-1]; j--) { t = list[j]; list[j] = list[j-1]; list[j-1] = t }
        return list[int((n + 1) / 2)]
    }
    function row(who, name,   k, n, a, b, c) {
        n = count[who]
        for (k = 1; k <= n; k++) { a[k] = rate[who, k]; b[k] = p50[who, k]; c[k] = p99[who, k] }
        result[who] = median(a, n)
        printf "%-5s %-34s %6.0f messages/s (%.0f to %.0f), dot to 250 p50 %.1f ms, p99 %.1f ms\n", mode, name, result[who], a[1], a[n], median(b, n), median(c, n)
    }
    function report() {
        row("ours", "cybertemp"); row("peer", "node smtp-server + INSERT per mail")
        printf "%-5s ratio %.1f\n", mode, result["ours"] / result["peer"]
        delete count
    }
    mode && $1 != mode { report() }
    { mode = $1; who = $2 == ours ? "ours" : "peer"; k = ++count[who]; rate[who, k] = $4; p50[who, k] = $12; p99[who, k] = $15 }
    END { report() }'
