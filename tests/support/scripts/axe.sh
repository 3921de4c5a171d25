#!/bin/sh
# axe.sh: prints the path of axe.min.js (axe-core, the accessibility checker, MPL-2.0: a tool of the tests, never
# shipped). It is fetched once, by package name, with npm or else with pip, and kept in the cache folder. Both
# packages carry the same file but for a last line break, so one checksum holds for both.
# axe.sh --have: succeeds if it is already there.
set -eu

version=4.12.1
pypi='axe-playwright-python==0.1.8' # the wheel that carries this version
sum=66a8aaa95a8b044a7fd74a5435873bf04ff65a1ca75567c921b7509742085a14

cache=${XDG_CACHE_HOME:-$HOME/.cache}/khomo
file=$cache/axe-$version.min.js

good() { # good FILE: it is the file that we know
    [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$sum" ]
}

if [ "${1:-}" = --have ]; then
    good "$file"
    exit
fi
if ! good "$file"; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/axe.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    found=
    if command -v npm >/dev/null 2>&1 &&
        (cd "$work" && npm pack --silent "axe-core@$version" && tar xzf "axe-core-$version.tgz") >"$work/npm.log" 2>&1; then
        found=$work/package/axe.min.js
    elif python3 -m pip download --quiet --no-deps --dest "$work" "$pypi" >"$work/pip.log" 2>&1 &&
        python3 -m zipfile -e "$work"/*.whl "$work/wheel" >>"$work/pip.log" 2>&1; then
        found=$work/wheel/axe_playwright_python/axe.min.js
    fi
    if [ -z "$found" ] || [ ! -f "$found" ]; then
        cat "$work"/*.log >&2 || true
        echo "axe-core $version could not be fetched: neither 'npm pack axe-core@$version' nor 'pip download $pypi' worked" >&2
        exit 1
    fi
    printf %s "$(cat "$found")" >"$work/axe.min.js" # without the last line break
    if ! good "$work/axe.min.js"; then
        echo "axe-core $version is not the file that we know (SHA-256 $sum): refused" >&2
        exit 1
    fi
    mv "$work/axe.min.js" "$file"
fi
echo "$file"
