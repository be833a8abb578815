#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the tests.
#
#   ./scripts/test.sh              everything but the label `soak`
#   ./scripts/test.sh LABEL...     only these: unit vectors fuzz sim browser interop soak
set -euo pipefail
SOTTO_ROOT=$(cd "$(dirname "$0")/.." && pwd)
export SOTTO_ROOT
cd "$SOTTO_ROOT"
. scripts/lib/say.sh
. scripts/lib/packages.sh

labels="unit vectors fuzz sim browser interop soak"
wanted=
for label in "$@"; do
  case "$label" in
    -h|--help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
  esac
  case " $labels " in
    *" $label "*) wanted="${wanted:+$wanted|}$label" ;;
    *) die "no tests have the label '$label'; labels are: $labels" ;;
  esac
done

export SOTTO_REFERENCE_DIR=${SOTTO_REFERENCE_DIR:-$SOTTO_ROOT/../shared/reference}
if [ ! -d "$SOTTO_REFERENCE_DIR" ]; then
  say "NOTE: no published vectors at $SOTTO_REFERENCE_DIR: the project's own vectors run alone (set SOTTO_REFERENCE_DIR)"
fi

# shellcheck disable=SC2086
ensure_packages $PACKAGES_NATIVE $PACKAGES_SOURCE $PACKAGES_WEB $PACKAGES_TEST
ensure_node_modules
quietly "libsrtp with OpenSSL" ./scripts/build-libsrtp.sh

# What ccache has not seen costs nothing more so, also with precompiled headers.
export CCACHE_DEPEND=1 CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
say "building the browser's part and the tests"
# Side by side: each has long steps that keep one core alone busy.
trap wait EXIT
quietly "browser module and demo" ./scripts/build-web.sh --tests & web=$!
quietly "configure" cmake --preset dev
quietly "build" cmake --build --preset dev
wait "$web"
case "|${wanted:-fuzz}|" in
  *"|fuzz|"*|*"|soak|"*)
    quietly "configure the fuzz targets" cmake --preset fuzz
    quietly "build the fuzz targets" cmake --build --preset fuzz --target fuzz-targets ;;
esac

if [ -n "$wanted" ]; then select=(-L "^($wanted)\$"); else select=(-LE '^soak$'); fi
say "running the tests${wanted:+ ($wanted)}"
# The native tests share the cores; browser tests run one after another (RUN_SERIAL).
failed=
if [ "$wanted" = soak ]; then none=ignore; else none=error; fi
ctest --test-dir build/dev --output-on-failure --no-tests=$none -j "$(nproc)" "${select[@]}" || failed=yes
if [[ "|${wanted:-fuzz}|" =~ \|(fuzz|soak)\| ]]; then
  say "every parser of foreign bytes, under libFuzzer with AddressSanitizer and UBSan"
  ctest --test-dir build/fuzz --output-on-failure --no-tests=error -j "$(nproc)" "${select[@]}" \
    -R '^(soak\.)?fuzz\.' || failed=yes
fi
[ -z "$failed" ] || die "some tests failed; see above"
