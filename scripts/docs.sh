#!/usr/bin/env bash
# Writes the API reference from the comments of the sources: build/docs/index.html.
#
#   ./scripts/docs.sh          typescript/ for @sotto/e2ee, c/ for sotto_e2ee.h and sotto_group.h, cpp/ for the C++ core
#   SOTTO_DOCS=FOLDER ...      writes there instead
#
# What is exported without a comment, or links to nothing, fails it.
set -euo pipefail
SOTTO_ROOT=$(cd "$(dirname "$0")/.." && pwd)
export SOTTO_ROOT
cd "$SOTTO_ROOT"
case "${1:-}" in
  "") ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "$0"; [ "$1" = --help ] || [ "$1" = -h ]; exit ;;
esac
. scripts/lib/say.sh
. scripts/lib/packages.sh
command -v doxygen >/dev/null 2>&1 || ensure_packages doxygen
ensure_node_modules

export SOTTO_DOCS=${SOTTO_DOCS:-$SOTTO_ROOT/build/docs}
export SOTTO_C_HEADER=${SOTTO_C_HEADER:-$SOTTO_ROOT/native/include/sotto_e2ee.h}
SOTTO_VERSION=$(node -p "require('./wasm/package.json').version")
export SOTTO_VERSION
mkdir -p "$SOTTO_DOCS"
rm -rf "${SOTTO_DOCS:?}/typescript" "$SOTTO_DOCS/c" "$SOTTO_DOCS/cpp"

quietly "reference of @sotto/e2ee" node_modules/.bin/typedoc --options wasm/typedoc.json --out "$SOTTO_DOCS/typescript"
quietly "reference of the C interface" doxygen scripts/docs/c.doxyfile
quietly "reference of the C++ core" doxygen scripts/docs/cpp.doxyfile
# Doxygen links to a list of nested classes that it leaves out, as they are private.
{ grep -rlF 'href="#nested-classes"' "$SOTTO_DOCS/cpp" || true; } | while read -r page; do
  grep -q 'name="nested-classes"' "$page" || sed -i 's|<a href="#nested-classes">[^<]*</a> &#124;||' "$page"
done
sed "s/@VERSION@/$SOTTO_VERSION/" scripts/docs/index.html >"$SOTTO_DOCS/index.html"
say "the reference is in $SOTTO_DOCS/index.html"
