#!/bin/sh
# need.sh build|test|bench: checks that what a step calls is there. What is missing is installed when this is
# root on a Debian, else the exact command to run is printed and the check fails.
set -eu
here=$(dirname "$0")

missing=
want() { # want PACKAGE COMMAND...: PACKAGE is missing unless COMMAND succeeds
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has_c_compiler() { # with the C library's headers
    printf '#include <stdlib.h>\nint main(void) { return 0; }\n' | cc -x c -fsyntax-only -
}
has_perl() { # OpenSSL's own build needs perl's core modules, which Debian's perl-base lacks
    perl -MFindBin -MIPC::Cmd -MFile::Compare -MFile::Copy -MTime::Piece -e 1
}
can_fetch_axe() { # axe-core comes as a package of npm or of PyPI; either client will do
    sh "$here/axe.sh" --have || command -v npm || python3 -m pip --version
}

check() {
    missing=
    case $1 in
    build)
        want gcc command -v cc
        want libc6-dev has_c_compiler
        want make command -v make
        want perl has_perl
        ;;
    test)
        want postgresql sh "$here/postgres.sh" --bindir
        want chromium test -x "${KHOMO_CHROME:-/usr/bin/chromium}"
        want chromium-driver test -x "${KHOMO_CHROMEDRIVER:-/usr/bin/chromedriver}"
        want python3-pip can_fetch_axe
        ;;
    bench)
        want python3 command -v python3
        want python3-venv python3 -c 'import venv, ensurepip'
        want wrk command -v wrk
        ;;
    *)
        echo "need.sh: no such step: $1" >&2
        exit 2
        ;;
    esac
}

step=${1:?need.sh build|test|bench}
check "$step"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing$missing"
        apt-get update -q
        # shellcheck disable=SC2086  # a list of package names
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null
        check "$step"
    fi
fi
if [ -n "$missing" ]; then
    {
        echo "Missing, needed to $step:$missing"
        echo "Install it first, on Debian or Ubuntu:  sudo apt-get install$missing"
        echo "(elsewhere: the packages of your system that carry the same programs)"
    } >&2
    exit 1
fi
if [ "$step" = test ]; then
    sh "$here/axe.sh" >/dev/null
fi
