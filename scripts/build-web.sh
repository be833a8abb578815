#!/usr/bin/env bash
# Builds what browsers run: libsodium, BearSSL's AES and the core for WebAssembly, then @sotto/e2ee (wasm/dist),
# then the web demo. With --tests also the WebAssembly that tests and benches run and nobody ships.
set -euo pipefail
targets=(--target shipped_modules)
case "${1-}" in
  '') ;;
  --tests) targets=() ;;
  *) echo "unknown option '$1'; there is --tests" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # Debian's emcc finds its acorn there

scripts/build-libsodium-wasm.sh
scripts/build-bearssl-wasm.sh
cmake --preset wasm >/dev/null
cmake --build --preset wasm "${targets[@]}"
node wasm/build.mjs
if [[ -f web-demo/build.mjs ]]; then node web-demo/build.mjs; fi
