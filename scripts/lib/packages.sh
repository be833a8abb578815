# Sourced by the scripts: installs the Debian packages that are missing, and nothing else.

PACKAGES_NATIVE="build-essential cmake ninja-build ccache pkg-config ca-certificates openssl
  libboost1.81-dev libboost-json1.81-dev libboost-system1.81-dev libssl-dev libsrtp2-dev libsodium-dev
  libspdlog-dev libtomlplusplus-dev libcjose-dev"
PACKAGES_SOURCE="dpkg-dev"
PACKAGES_WEB="emscripten binaryen"
PACKAGES_TEST="libgtest-dev libgmock-dev nlohmann-json3-dev clang-14 libclang-rt-14-dev llvm-14 chromium firefox-esr janus valgrind doxygen brotli gdb iproute2 procps
  fonts-dejavu-core util-linux"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else die "packages are missing ($missing) and neither root nor sudo is available to install them"; fi
}

is_installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# ensure_packages NAME...
ensure_packages() {
  missing=
  for package in "$@"; do is_installed "$package" || missing="$missing $package"; done
  # Node.js may come from elsewhere than Debian's packages; what counts is that it is there.
  command -v node >/dev/null 2>&1 || missing="$missing nodejs"
  command -v npm >/dev/null 2>&1 || missing="$missing npm"
  missing=$(printf '%s' "$missing" | sed 's/^ //')
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null 2>&1 || die "this script installs with apt-get (Debian 12); please install: $missing"
  say "installing with apt-get: $missing"
  quietly "package lists" as_root apt-get update -q
  # shellcheck disable=SC2086
  quietly "packages" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# The npm packages of the lock file, once for each version of it.
ensure_node_modules() {
  stamp="$SOTTO_ROOT/node_modules/.sotto-lock"
  if ! cmp -s "$SOTTO_ROOT/package-lock.json" "$stamp"; then
    quietly "npm packages" npm ci --no-audit --no-fund --prefix "$SOTTO_ROOT"
    cp "$SOTTO_ROOT/package-lock.json" "$stamp"
  fi
}
