# Installs what the project needs and is not there. Sourced by run, test and seal.

say() { printf '\033[1m•\033[0m %s\n' "$*" >&2; }
stop() { printf 'seal: %s\n' "$*" >&2; exit 1; }

# What is missing, as Debian packages: one "package test" a line, the test says whether it is there.
missing_packages() {
    local package probe
    while read -r package probe; do
        [ -z "$package" ] || eval "$probe" >/dev/null 2>&1 || printf '%s ' "$package"
    done <<'NEEDS'
postgresql      ls /usr/lib/postgresql/*/bin/initdb || command -v initdb
softhsm2        command -v softhsm2-util
librsvg2-bin    command -v rsvg-convert
fonts-arphic-gbsn00lp  ls /usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf
openssl         command -v openssl
NEEDS
    [ "${1:-}" = all ] || return 0
    while read -r package probe; do
        [ -z "$package" ] || eval "$probe" >/dev/null 2>&1 || printf '%s ' "$package"
    done <<'NEEDS'
poppler-utils   command -v pdfsig
qpdf            command -v qpdf
mupdf-tools     command -v mutool
opensc          command -v pkcs11-tool
jq              command -v jq
curl            command -v curl
pgbouncer       command -v pgbouncer || ls /usr/sbin/pgbouncer
gcc             command -v cc
libssl-dev      ls /usr/include/openssl/evp.h
libc6-dev       ls /usr/include/stdlib.h
NEEDS
}

# set_up [all]: installs what running needs; with "all" also what the tests and the demonstration need.
set_up() {
    command -v dotnet >/dev/null || stop "the .NET 10 SDK is missing: install it (package dotnet-sdk-10.0) and try again"
    local missing
    missing=$(missing_packages "${1:-}")
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || stop "missing: $missing— install them with this system's package manager and try again"
    if [ "$(id -u)" != 0 ]; then
        stop "missing: $missing— type: sudo apt-get install --no-install-recommends $missing"
    fi

    say "Installing $missing"
    # The packaged cluster is not wanted: Seal starts one of its own.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || printf 'create_main_cluster = false\n' > /etc/postgresql-common/createcluster.conf
    apt-get update -qq || stop "apt-get update failed; see above"
    # shellcheck disable=SC2086 # one word per package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null \
        || stop "apt-get could not install $missing; see above"
}

# build PROJECT…: builds what has changed since the last time, quietly unless it fails.
build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$@" --nologo -v quiet -clp:NoSummary -c Release >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        stop "the build failed; see above"
    fi
    rm -f "$log"
}
