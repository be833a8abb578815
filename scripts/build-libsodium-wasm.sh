#!/usr/bin/env bash
# Builds libsodium for WebAssembly from Debian's source package:
# build/deps/libsodium-wasm/{include,lib/libsodium.a}. Does nothing when that is up to date.
#
# Scalar code at -O3. The SIMD paths stay out: LLVM 14 miscompiles chacha20_dolbeau-ssse3.c (wrong
# from 256 bytes on), and 10 KB frames gain little. HAVE_TI_MODE stays off: 51-bit limbs are two to
# three times slower where there is no 128-bit multiplication. randombytes/ and core.c stay out:
# wasm/src/sodium_parts.cc stands in for them with the browser's randomness.
# Ed25519's tables of base points, 31 KB, are computed instead of downloaded, and the one for verifying
# is larger: wasm/src/ed25519_base_table.h. Field elements are multiplied by fewer products, with the same
# result: ed25519_products.h; scalars are cut into digits faster: ed25519_digits.h; many
# signatures share one inversion: ed25519_many.h. -Os makes Ed25519 3 KB smaller after brotli and X25519,
# whose field arithmetic is then the same, 1 KB; it costs less time than these save.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/build/deps/libsodium-src
out=$root/build/deps/libsodium-wasm
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}  # Debian's emcc finds its acorn there

"$root/scripts/deb-source.sh" libsodium "$source"
stamp=$( (cat "$0" "$root"/wasm/src/ed25519_*.h "$root/shared/crypto/ed25519_commitment.h"; sed -n 1p "$source/debian/changelog"; emcc --version | sed -n 1p) | sha256sum)
[[ -f $out/lib/libsodium.a && $(cat "$out/stamp" 2>/dev/null) == "$stamp" ]] && exit 0

rm -rf "$out"
mkdir -p "$out"/{include,lib,obj}
cp -r "$source"/src/libsodium/include/sodium* "$out/include/"
rm -f "$out/include/sodium/version.h.in"
sed -e 's/@VERSION@/1.0.18/; s/@SODIUM_LIBRARY_VERSION_MAJOR@/10/; s/@SODIUM_LIBRARY_VERSION_MINOR@/3/' \
  -e 's/@SODIUM_LIBRARY_MINIMAL_DEF@//' \
  "$source/src/libsodium/include/sodium/version.h.in" >"$out/include/sodium/version.h"

flags=(-O3 -I"$out/include" -I"$out/include/sodium" -w -DCONFIGURED=1 -DSODIUM_STATIC=1
  -DNATIVE_LITTLE_ENDIAN=1 -DHAVE_WEAK_SYMBOLS=1 -DHAVE_INLINE_ASM=1 -ffunction-sections)
cd "$source/src/libsodium"

group=crypto_core/ed25519/ref10/ed25519_ref10.c
x25519=crypto_scalarmult/curve25519/ref10/x25519_ref10.c
patched=$out/obj/$(basename $group)
sed -e '/static const ge25519_precomp base\[32\]\[8\]/,/};/d' \
  -e 's/base\[pos\], b/ed25519_base_table(pos), b/' \
  -e '/^ge25519_cmov8(/,/^}/ { /^}/ r '"$root/wasm/src/ed25519_base_table.h"'
  }' \
  -e '/^slide_vartime(/,/^}/ { /^}/ r '"$root/wasm/src/ed25519_digits.h"'
  }' \
  -e '/static const ge25519_precomp Bi\[8\]/,/};/c\    const ge25519_precomp *Bi = ed25519_odd_multiples();' \
  -e 's/slide_vartime(aslide, a);/ed25519_digits(aslide, a, 15);/' \
  -e 's/slide_vartime(bslide, b);/ed25519_digits(bslide, b, ED25519_MOST_DIGIT);/' $group >"$patched"
[[ $(grep -cE 'ed25519_base_table\(|ed25519_odd_multiples\(|^ed25519_digits\(|ed25519_digits\((aslide, a, 15|bslide, b, ED25519_MOST_DIGIT)\);' "$patched") == 7 ]] ||
  { echo "ed25519_ref10.c is not what it was" >&2; exit 1; }
cat "$root/wasm/src/ed25519_many.h" >>"$patched"
field=$out/include/sodium/private/ed25519_ref10_fe_25_5.h
cp "$root/wasm/src/ed25519_products.h" "$(dirname "$field")"
sed -z -i 's|/\*\n h = f \* g\n.*\n\(static void\nfe25519_scalar_product\)|#include "ed25519_products.h"\n\n\1|' "$field"
[[ $(grep -c '^fe25519_\|^#include "ed25519_products.h"' "$field") == 12 ]] || { echo "$(basename "$field") is not what it was" >&2; exit 1; }
emcc "${flags[@]}" -Os -I"$(dirname $group)" -I"$root/shared" -c "$patched" -o "${patched%.c}.o"
emcc "${flags[@]}" -Os -c $x25519 -o "$out/obj/$(basename ${x25519%.c}).o"

find crypto_* sodium -name '*.c' ! -path 'crypto_pwhash/*' ! -path sodium/core.c ! -path $group ! -path $x25519 -print0 |
  OUT=$out xargs -0 -P "$(nproc)" -I{} sh -c '
    object=$OUT/obj/$(printf %s "$1" | tr / _).o; shift
    exec emcc "$@" -o "$object"' _ {} "${flags[@]}" -c {}
emar crs "$out/lib/libsodium.a" "$out"/obj/*.o
rm -rf "$out/obj"
printf '%s\n' "$stamp" >"$out/stamp"
echo "libsodium for WebAssembly -> $out"
