#!/usr/bin/env bash
# Builds the part of BearSSL that AES needs in WebAssembly, from Debian's source package:
# build/deps/bearssl-wasm/{include,lib/libbearssl.a}. Does nothing when that is up to date.
#
# WebAssembly has no AES instructions; BearSSL's bitsliced AES (aes_ct64) and its GHASH by masked
# multiplication (ghash_ctmul64) look nothing up by secret bytes and branch on none.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/build/deps/bearssl-src
out=$root/build/deps/bearssl-wasm
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # Debian's emcc finds its acorn there

"$root/scripts/deb-source.sh" bearssl "$source"
stamp=$( (cat "$0"; sed -n 1p "$source/debian/changelog"; emcc --version | sed -n 1p) | sha256sum)
[[ -f $out/lib/libbearssl.a && $(cat "$out/stamp" 2>/dev/null) == "$stamp" ]] && exit 0

rm -rf "$out"
mkdir -p "$out"/{include,lib,obj}
cp "$source"/inc/bearssl*.h "$out/include/"
for file in symcipher/aes_ct64 symcipher/aes_ct64_ctr symcipher/aes_ct64_enc hash/ghash_ctmul64 \
  codec/dec32le codec/enc32le; do
  emcc -O3 -w -ffunction-sections -I"$source/inc" -I"$source/src" \
    -c "$source/src/$file.c" -o "$out/obj/$(basename "$file").o"
done
emar crs "$out/lib/libbearssl.a" "$out"/obj/*.o
rm -rf "$out/obj"
printf '%s\n' "$stamp" >"$out/stamp"
echo "BearSSL's AES for WebAssembly -> $out"
