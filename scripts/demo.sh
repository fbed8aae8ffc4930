#!/usr/bin/env bash
# Plays one seal's whole life against a throw-away instance. The sealed PDF stays in ./.demo, with what verifies it.
set -euo pipefail
cd "$(dirname "$0")/.."

service=src/Seal.Service/bin/Release/net10.0/Seal.Service.dll
[ -e "$service" ] || { echo "seal: not built yet; type ./run demo" >&2; exit 1; }

data=$(mktemp -d)
# As root, PostgreSQL runs as its own user, who has to come through here to its part of the data.
chmod 711 "$data"
pid=

finish() {
    trap - EXIT INT TERM HUP
    if [ -n "$pid" ]; then
        kill -TERM "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$data"
}
trap finish EXIT
trap 'finish; exit 130' INT
trap 'finish; exit 143' TERM HUP

# A group of its own, so that a Ctrl-C in the terminal reaches this script alone, which then stops the service in order.
set -m
dotnet "$service" --urls http://127.0.0.1:0 --data "$data/seal" >"$data/log" 2>&1 </dev/null &
pid=$!
set +m

# The service says where it is when it is ready.
patience=120
address() { sed -n 's|^ *Try it *\(http.*\)/docs$|\1|p' "$data/log"; }
until url=$(address) && [ -n "$url" ]; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$SECONDS" -ge "$patience" ]; then
        echo "seal: the service did not start (within $patience s); it said:" >&2
        tail -n 20 "$data/log" >&2
        exit 1
    fi
    sleep 0.2
done
printf 'A throw-away instance runs at %s\n\n' "$url"

mkdir -p .demo
result=0
SEAL_URL=$url SEAL_OUT=./.demo/first-seal samples/first-seal.sh || result=$?

# The instance goes, and its certificate authority with it: what is needed to verify the file later stays beside it.
curl -fsS "$url/pki/roots.pem" -o .demo/roots.pem
for authority in ca-root-ecdsa ca-issuing-ecdsa; do curl -fsS "$url/pki/$authority.crl" -o ".demo/$authority.crl"; done
[ "$result" -eq 0 ] || { echo "The service said:" >&2; tail -n 20 "$data/log" >&2; }
exit "$result"
