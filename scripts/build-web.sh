#!/usr/bin/env bash
# Builds what browsers run: libsodium, BearSSL's AES and the core for WebAssembly, then @sotto/e2ee (wasm/dist),
# then the web demo.
set -euo pipefail
cd "$(dirname "$0")/.."
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # Debian's emcc finds its acorn there

scripts/build-libsodium-wasm.sh
scripts/build-bearssl-wasm.sh
cmake --preset wasm >/dev/null
cmake --build --preset wasm
node wasm/build.mjs
if [[ -f web-demo/build.mjs ]]; then node web-demo/build.mjs; fi
