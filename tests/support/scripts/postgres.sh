#!/bin/sh
# postgres.sh COMMAND...: starts a PostgreSQL of its own in a scratch folder, runs COMMAND with KHOMO_TEST_DATABASE
# set to it, then stops it and removes the folder. No port is opened: it listens on a Unix socket in a folder that only
# its own user (and root) can enter. It forgets safety (fsync=off), which a test may.
# postgres.sh --bindir: prints where the server's programs are.
set -eu

bindir() {
    for dir in "${KHOMO_TEST_PGBIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        if [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/postgres" ]; then
            echo "$dir"
            return
        fi
    done
    return 1
}

bin=$(bindir) || {
    echo 'No PostgreSQL server found. Install it: sudo apt-get install postgresql' >&2
    exit 1
}
if [ "${1:-}" = --bindir ]; then
    echo "$bin"
    exit
fi

scratch=$(mktemp -d /tmp/khomo-pg.XXXXXX) # a short path: a Unix socket's has room for 107 bytes
data=$scratch/data

# PostgreSQL refuses to run as root: another user then owns the folder and the server.
as=
if [ "$(id -u)" = 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    chown "$user" "$scratch"
    as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups env HOME=$scratch"
fi
chmod 700 "$scratch"

stop() {
    status=$?
    trap - EXIT HUP INT TERM
    cd /
    if [ -f "$data/postmaster.pid" ]; then # pg_ctl stops the one process whose id stands there
        $as "$bin/pg_ctl" stop -D "$data" -m immediate -w -s || true
    fi
    rm -rf "$scratch"
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

(
    cd "$scratch"
    $as "$bin/initdb" -D "$data" -U khomo -A trust -E UTF8 --locale=C --no-sync >"$scratch/initdb.log" 2>&1
) || {
    cat "$scratch/initdb.log" >&2
    exit 1
}
$as tee -a "$data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$scratch'
max_connections = 200
max_locks_per_transaction = 512
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
timezone = 'UTC'
SETTINGS
(
    cd "$scratch"
    $as "$bin/pg_ctl" start -D "$data" -l "$scratch/log" -w -t 60 -s
) || {
    cat "$scratch/log" >&2
    exit 1
}

KHOMO_TEST_DATABASE="postgres:///postgres?host=$scratch&user=khomo"
export KHOMO_TEST_DATABASE
"$@"
