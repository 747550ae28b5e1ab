#!/usr/bin/env bash
# Builds everything, checks the format and runs all tests against real servers.
# usage: ./test.sh [--long] [arguments of dotnet test]     --long runs the long matrices too
# The last line counts the tests; the exit code is 0 only when everything passed.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

if [ "${1:-}" = --long ]; then
    shift
    export CYBERTEMP_TESTS=long
fi

.ci/install test || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build Cybertemp.sln -v q --nologo || exit 1
# The build enforces the style; what is left is white space.
dotnet format whitespace Cybertemp.sln --verify-no-changes --no-restore || exit 1

results=${CYBERTEMP_TEST_RESULTS:-$(mktemp -d)}
[ -n "${CYBERTEMP_TEST_RESULTS:-}" ] || trap 'rm -rf "$results"' EXIT
dotnet test Cybertemp.sln --no-build --nologo -v q --logger "console;verbosity=minimal" --logger trx --results-directory "$results" "$@"
status=$?

# <Counters total="3" executed="3" passed="2" failed="1" ... notExecuted="0" .../> in each results file
sum() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }
total=$(sum total) passed=$(sum passed) failed=$(sum failed)
[ "$total" -gt 0 ] || { echo 'no test was run' >&2; exit 1; }
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
exit $status
