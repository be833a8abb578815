#!/usr/bin/env bash
# Runs a bench and prints its figures; --json FILE writes them too.
#
#   ./scripts/bench.sh call [--json FILE]    time from Join to the first picture, bridge CPU and memory
#   ./scripts/bench.sh frames [--json FILE]  what a frame costs in Chromium, against LiveKit's worker and
#                                            WebCrypto; a live call in 720p (about 5 minutes)
#   ./scripts/bench.sh frames-native [--json FILE]  what a frame costs natively, against the raw calls of
#                                            OpenSSL and libsodium
#   ./scripts/bench.sh mls [--json FILE]     what groups of 10 to 1,000 cost in Chromium and natively,
#                                            against ts-mls (about 4 minutes)
#   ./scripts/bench.sh size [--json FILE]    what a browser loads to seal frames and for a group, compressed
#
# docs/performance.md says what the figures mean and what they were.
set -euo pipefail
SOTTO_ROOT=$(cd "$(dirname "$0")/.." && pwd)
export SOTTO_ROOT
cd "$SOTTO_ROOT"
. scripts/lib/say.sh
. scripts/lib/packages.sh

name=${1:-}
case "$name" in
  call|frames|frames-native|mls|size) shift ;;
  -h|--help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "no such bench: '${name}'. There are: call, frames, frames-native, mls, size" ;;
esac
# shellcheck disable=SC2086
ensure_packages $PACKAGES_NATIVE $PACKAGES_SOURCE $PACKAGES_WEB $PACKAGES_TEST
ensure_node_modules
if [ "$name" = frames-native ]; then
  [ -f build/release/build.ninja ] || quietly "configure" cmake --preset release
  quietly "build" cmake --build --preset release --target frames-native
  exec node tests/bench/frames-native.mjs "$@"
fi
if [ "$name" = mls ] || [ "$name" = size ]; then
  quietly "libsodium and BearSSL for WebAssembly" sh -c './scripts/build-libsodium-wasm.sh && ./scripts/build-bearssl-wasm.sh'
  export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # Debian's emcc finds its acorn there
  quietly "configure" cmake --preset wasm
  quietly "MLS for WebAssembly" cmake --build --preset wasm --target mls_bench_wasm
fi
if [ "$name" = mls ]; then
  [ -f build/release/build.ninja ] || quietly "configure" cmake --preset release
  quietly "build" cmake --build --preset release --target mls-native
  exec node tests/bench/mls.mjs "$@"
fi
quietly "browser module and demo" ./scripts/build-web.sh --tests
if [ "$name" = call ]; then
  quietly "libsrtp with OpenSSL" ./scripts/build-libsrtp.sh
  [ -f build/release/build.ninja ] || quietly "configure" cmake --preset release
  quietly "build" cmake --build --preset release --target sotto-bridge
  export SOTTO_BRIDGE="$SOTTO_ROOT/build/release/bin/sotto-bridge"
fi
exec node "tests/bench/$name.mjs" "$@"
