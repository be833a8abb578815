#!/usr/bin/env bash
# Runs a bench and prints its figures; --json FILE writes them too.
#
#   ./scripts/bench.sh call [--json FILE]    time from Join to the first picture, bridge CPU and memory
set -euo pipefail
SOTTO_ROOT=$(cd "$(dirname "$0")/.." && pwd)
export SOTTO_ROOT
cd "$SOTTO_ROOT"
. scripts/lib/say.sh
. scripts/lib/packages.sh

name=${1:-}
case "$name" in
  call) shift ;;
  -h|--help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "no such bench: '${name}'. There is: call" ;;
esac
# shellcheck disable=SC2086
ensure_packages $PACKAGES_NATIVE $PACKAGES_SOURCE $PACKAGES_WEB $PACKAGES_TEST
ensure_node_modules
quietly "libsrtp with OpenSSL" ./scripts/build-libsrtp.sh
quietly "browser module and demo" ./scripts/build-web.sh
[ -f build/release/build.ninja ] || quietly "configure" cmake --preset release
quietly "build" cmake --build --preset release --target sotto-bridge
export SOTTO_BRIDGE="$SOTTO_ROOT/build/release/bin/sotto-bridge"
exec node "tests/bench/$name.mjs" "$@"
