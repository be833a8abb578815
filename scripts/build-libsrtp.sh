#!/usr/bin/env bash
# Builds libsrtp2 from Debian's source package on OpenSSL instead of NSS, which costs far more for
# each packet: build/deps/libsrtp/{include,lib/libsrtp2.a}. CMake prefers it when it is there. Does
# nothing when that is up to date.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
source=$root/build/deps/libsrtp-src
work=$root/build/deps/libsrtp-build
out=$root/build/deps/libsrtp

"$root/scripts/deb-source.sh" libsrtp2 "$source"
stamp=$( (cat "$0"; sed -n 1p "$source/debian/changelog"; ${CC:-cc} --version | sed -n 1p;
  openssl version) | sha256sum)
[[ -f $out/lib/libsrtp2.a && $(cat "$out/stamp" 2>/dev/null) == "$stamp" ]] && exit 0

rm -rf "$work" "$out"
mkdir -p "$work"
cd "$work"
CFLAGS="-O2 -g1 -fPIC -w" "$source/configure" --quiet --prefix="$out" --enable-openssl \
  --disable-log-stdout >configure.log
make -j"$(nproc)" libsrtp2.a >make.log
# Its own known-answer tests, against the backend just built.
make -j"$(nproc)" test/srtp_driver >>make.log
./test/srtp_driver -v >test.log
install -D -m 644 libsrtp2.a "$out/lib/libsrtp2.a"
mkdir -p "$out/include/srtp2"
install -m 644 "$source"/include/srtp.h "$source"/crypto/include/{auth,cipher,crypto_types}.h \
  "$out/include/srtp2/"
printf '%s\n' "$stamp" >"$out/stamp"
echo "libsrtp2 with OpenSSL -> $out"
