#!/bin/sh
# test.sh [PART...]: runs the named parts of the checks, all of them by default, each announced and timed:
#   format clippy sqlite postgres docs
# The first part that fails, or cannot run, ends it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."

logs=$(mktemp -d)
scratch=
trap 'rm -rf "$logs" ${scratch:+"$scratch"}' EXIT
trap 'exit 130' HUP INT TERM

part() { # part NAME COMMAND...
    name=$1
    shift
    printf '\n== %s\n' "$name"
    begin=$(date +%s)
    "$@" || {
        printf '== %s: FAILED after %s s\n' "$name" "$(($(date +%s) - begin))"
        exit 1
    }
    printf '== %s: %s s\n' "$name" "$(($(date +%s) - begin))"
}

# Where the tests write: in memory if there is plenty, for they wait for the disk half of their time, and what they write
# need not outlive the machine.
in_memory() {
    [ -z "$scratch" ] || return 0
    plenty=$((4 * 1024 * 1024)) # KiB
    room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    memory=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)
    if [ -w /dev/shm ] && [ "${room:-0}" -ge "$plenty" ] && [ "${memory:-0}" -ge $((2 * plenty)) ]; then
        scratch=$(mktemp -d /dev/shm/khomo-tests.XXXXXX)
        chmod 755 "$scratch" # as /tmp: each test closes its own folder, or opens it
        TMPDIR=$scratch
        export TMPDIR
    fi
}

# Runs the tests with all they print in a log, and shows it without the output of those that passed.
suite() { # suite LOG COMMAND...
    in_memory
    log=$logs/$1
    shift
    { "$@" 2>&1 && echo 0 >"$log.status" || echo 1 >"$log.status"; } | tee "$log" |
        awk '/^successes:$/ { hidden = 1 } /^failures:$|^test result:/ { hidden = 0 } !hidden { print; fflush() }'
    [ "$(cat "$log.status")" = 0 ]
}
browser() {
    KHOMO_AXE=$(sh "$here/axe.sh") || return
    KHOMO_CHROME=${KHOMO_CHROME:-/usr/bin/chromium}
    KHOMO_CHROMEDRIVER=${KHOMO_CHROMEDRIVER:-/usr/bin/chromedriver}
    export KHOMO_AXE KHOMO_CHROME KHOMO_CHROMEDRIVER
}
sqlite() {
    browser || return
    KHOMO_TEST_DATABASE=sqlite suite sqlite cargo test --locked --no-fail-fast -- --show-output
}
postgres() {
    browser || return
    # What ran with the first suite and touches no database, or one in a file whatever the suite's is: the unit tests, the
    # examples in the documentation and the modules left out here (tests/tidy.rs sees to it that this is so of them).
    suite postgres sh "$here/postgres.sh" cargo test --locked --no-fail-fast --test tests -- --show-output \
        --skip crash:: --skip faults:: --skip journeys:: --skip real_files:: --skip scan_corpus:: --skip tidy::
}
docs() {
    RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --document-private-items --locked
}

# The names of the tests that said that they did not run for want of the sample data, each once.
absent() {
    cat "$logs"/sqlite "$logs"/postgres 2>/dev/null |
        awk '/^---- .* stdout ----$/ { test = $2 } /^not run: needs KHOMO_TEST_DATA/ { print test }' | sort -u
}

versions() {
    cargo --version
    "$(sh "$here/postgres.sh" --bindir)/postgres" --version
    "${KHOMO_CHROME:-/usr/bin/chromium}" --version </dev/null 2>/dev/null || true
    "${KHOMO_CHROMEDRIVER:-/usr/bin/chromedriver}" --version </dev/null || true
}

if [ $# -eq 0 ]; then
    set -- format clippy sqlite postgres docs
    versions
fi
for name in "$@"; do
    case $name in
    format) part 'format' cargo fmt --check ;;
    clippy) part 'clippy, warnings denied' cargo clippy --locked --all-targets -- -D warnings ;;
    sqlite) part 'the tests on SQLite' sqlite ;;
    postgres) part 'the tests on PostgreSQL' postgres ;;
    docs) part 'documentation' docs ;;
    *)
        echo "test.sh: no such part: $name" >&2
        exit 2
        ;;
    esac
done

echo
for name in sqlite postgres; do
    if [ -f "$logs/$name" ]; then
        echo "On $name:"
        grep '^test result:' "$logs/$name"
    fi
done
missed=$(absent | grep -c . || true)
if [ -z "${KHOMO_TEST_DATA:-}" ]; then
    echo "$missed tests did not run (KHOMO_TEST_DATA is not set)"
elif [ "$missed" -gt 0 ]; then
    echo "$missed tests did not run although KHOMO_TEST_DATA is set:"
    absent
    exit 1
fi
echo 'All checks passed.'
