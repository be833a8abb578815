#!/usr/bin/env bash
# Fetches and unpacks a Debian source package: scripts/deb-source.sh NAME DEST
#
# DEST becomes the unpacked source with Debian's patches applied; nothing happens when it is
# there already. The archives asked are the ones that this machine's own apt sources name, with
# `deb` turned into `deb-src`, in apt directories of our own (build/deps/apt): the machine's
# configuration stays as it is and no root is needed. apt verifies signatures as it always does.
set -euo pipefail

if [[ $# -ne 2 || ! $1 =~ ^[a-z0-9][a-z0-9+.-]+$ ]]; then
  echo "usage: $0 SOURCE-PACKAGE DEST" >&2
  exit 2
fi
package=$1
dest=$(realpath -m "$2")
[[ -e $dest/debian/changelog ]] && exit 0
command -v dpkg-source >/dev/null || { echo "$0: dpkg-source is missing: apt-get install dpkg-dev" >&2; exit 1; }

root=$(cd "$(dirname "$0")/.." && pwd)
apt=$root/build/deps/apt
mkdir -p "$apt"/{sources,lists/partial,cache/archives/partial} "$(dirname "$dest")"
exec 9>"$apt/lock"
flock 9
[[ -e $dest/debian/changelog ]] && exit 0

# The machine's sources, both forms, as deb-src only.
rm -f "$apt"/sources/*
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [[ -r $file ]] || continue
  sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$file" >"$apt/sources/$(basename "$file" .list).list"
done
for file in /etc/apt/sources.list.d/*.sources; do
  [[ -r $file ]] || continue
  sed 's/^Types:.*/Types: deb-src/I' "$file" >"$apt/sources/$(basename "$file")"
done

apt_get() {
  apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$apt/sources" \
    -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" \
    -o APT::Sandbox::User="$(id -un)" "$@"
}

# A third party's archive without sources must not keep us from Debian's own.
apt_get update || echo "$0: some archive could not be read; going on with the others" >&2

scratch=$(mktemp -d "$apt/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
apt_get source --only-source --download-only "$package"
# apt has checked every file against the signed index; the uploader's own key is seldom at hand.
dpkg-source --no-check --extract ./*.dsc unpacked >&2
rm -rf "$dest"
mv unpacked "$dest"
echo "$package $(sed -n '1s/.*(\(.*\)).*/\1/p' "$dest/debian/changelog") -> $dest"
