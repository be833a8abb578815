#!/usr/bin/env bash
# Starts the bridge with the demo page and prints the address of a fresh room.
# Installs and builds what is missing first; a second start takes a few seconds.
#
#   ./scripts/demo.sh [options]
#
#   --port N                HTTP(S) and WebSocket port (default 8080)
#   --media-port N          UDP and TCP port for media (default 10000)
#   --host ADDRESS          address to listen on (default 127.0.0.1)
#   --public-address IP     address that other machines reach this one by; may be repeated
#   --tls-cert FILE         certificate and key in PEM. Browsers give camera and microphone only to
#   --tls-key FILE          https pages and to localhost. With --host other than the loopback and
#   --self-signed           no certificate, --self-signed makes one (browsers will warn once)
#   --room NAME             room name (default: a random one)
#   --no-build              start what was built before
#   -h, --help              this text
#
# Everything after -- goes to sotto-bridge as it is (see build/release/bin/sotto-bridge --help).
set -euo pipefail
SOTTO_ROOT=$(cd "$(dirname "$0")/.." && pwd)
export SOTTO_ROOT
cd "$SOTTO_ROOT"
. scripts/lib/say.sh
. scripts/lib/packages.sh

port=8080 media_port=10000 host=127.0.0.1 cert= key= self_signed= build=yes room=
public=()
need() { [ $# -ge 2 ] && [ -n "$2" ] || die "$1 needs a value; see ./scripts/demo.sh --help"; }
while [ $# -gt 0 ]; do
  case "$1" in
    --port) need "$@"; port=$2; shift 2 ;;
    --media-port) need "$@"; media_port=$2; shift 2 ;;
    --host) need "$@"; host=$2; shift 2 ;;
    --public-address) need "$@"; public+=(--public-address "$2"); shift 2 ;;
    --tls-cert) need "$@"; cert=$2; shift 2 ;;
    --tls-key) need "$@"; key=$2; shift 2 ;;
    --room) need "$@"; room=$2; shift 2 ;;
    --self-signed) self_signed=yes; shift ;;
    --no-build) build=no; shift ;;
    -h|--help) sed -n '2,/^set -euo/p' "$0" | sed '$d' | sed 's/^# \{0,1\}//'; exit 0 ;;
    --) shift; break ;;
    *) die "unknown option '$1'; see ./scripts/demo.sh --help" ;;
  esac
done
for number in "$port" "$media_port"; do
  case "$number" in ''|*[!0-9]*) die "a port is a number from 1 to 65535, not '$number'" ;; esac
  { [ "$number" -ge 1 ] && [ "$number" -le 65535 ]; } || die "a port is a number from 1 to 65535, not '$number'"
done
[ -z "$cert$key" ] || { [ -n "$cert" ] && [ -n "$key" ]; } || die "--tls-cert and --tls-key belong together"
for file in "$cert" "$key"; do [ -z "$file" ] || [ -r "$file" ] || die "cannot read '$file'"; done
case "$room" in *[!A-Za-z0-9_-]*) die "a room name has only letters, digits, - and _" ;; esac

if [ "$build" = yes ]; then
  # shellcheck disable=SC2086
  ensure_packages $PACKAGES_NATIVE $PACKAGES_SOURCE $PACKAGES_WEB
  ensure_node_modules
  quietly "libsrtp with OpenSSL" ./scripts/build-libsrtp.sh
  quietly "browser module and demo" ./scripts/build-web.sh
  [ -f build/release/build.ninja ] || quietly "configure" cmake --preset release
  quietly "build" cmake --build --preset release --target sotto-bridge
fi
# The tests run this script on the build that they test.
bridge=${SOTTO_BRIDGE:-build/release/bin/sotto-bridge}
[ -x "$bridge" ] || die "nothing is built yet: run ./scripts/demo.sh without --no-build"

if [ -n "$self_signed" ] && [ -z "$cert" ]; then
  cert=build/demo-cert.pem key=build/demo-key.pem
  if [ ! -f "$cert" ]; then
    names="DNS:localhost,IP:127.0.0.1"
    case "$host" in 0.0.0.0|::|127.*|localhost) ;; *[!0-9.]*) names="$names,DNS:$host" ;; *) names="$names,IP:$host" ;; esac
    for ((i = 1; i < ${#public[@]}; i += 2)); do names="$names,IP:${public[i]}"; done
    quietly "self-signed certificate" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
      -days 90 -subj "/CN=Sotto demo" -addext "subjectAltName=$names" -keyout "$key" -out "$cert"
    chmod 600 "$key"
  fi
fi

scheme=http
tls=()
if [ -n "$cert" ]; then scheme=https tls=(--tls-cert "$cert" --tls-key "$key"); fi
case "$host" in
  127.0.0.1|localhost|::1) shown=localhost ;;
  0.0.0.0|::) shown=${public[1]:-$(hostname)} ;;
  *) shown=$host ;;
esac
if [ "$scheme" = http ] && [ "$shown" != localhost ]; then
  say "NOTE: browsers give no camera to http://$shown; use --self-signed, or --tls-cert and --tls-key"
fi

# The secret is made here, printed here, and read by browsers only: the bridge never has it.
secret=$(head -c 32 /dev/urandom | base64 -w0 | tr '+/' '-_' | tr -d '=')
[ -n "$room" ] || room="room-$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')"
link="$scheme://$shown:$port/r/$room#0.$secret"

run=("$bridge" --host "$host" --port "$port" --media-port "$media_port" --web-root build/web
  ${public[@]+"${public[@]}"} ${tls[@]+"${tls[@]}"} "$@")
answers() {
  local address=${host/#localhost/127.0.0.1}
  case "$address" in 0.0.0.0|::) address=127.0.0.1 ;; esac
  (exec 3<>"/dev/tcp/$address/$port") 2>/dev/null
}
# Somebody else answers there already: the bridge says so itself, in one line.
if answers; then exec "${run[@]}"; fi

# Ctrl-C reaches the bridge itself, which is in the same foreground group and handles it; here it
# is ignored, so that the wait below ends with the bridge and its status.
trap '' INT
"${run[@]}" &
child=$!
trap 'kill -TERM "$child" 2>/dev/null || :' TERM
for _ in $(seq 200); do
  kill -0 "$child" 2>/dev/null || break
  if answers; then
    printf '\n  Open this in two browser windows (Chromium or Firefox), and send it to whom you want to talk to:\n\n    %s\n\n  Ctrl-C stops it.\n\n' "$link"
    break
  fi
  sleep 0.05
done
code=0
wait "$child" || code=$?
# A TERM ends the wait early: the bridge is still saying goodbye.
while kill -0 "$child" 2>/dev/null; do sleep 0.05; done
exit "$code"
