# Sourced by the scripts: short lines to a person, and one line when something is wrong.

if [ -t 2 ]; then bold=$(printf '\033[1m'); plain=$(printf '\033[0m'); else bold=; plain=; fi

say() { printf '%s==>%s %s\n' "$bold" "$plain" "$*" >&2; }
die() { printf '%serror:%s %s\n' "$bold" "$plain" "$*" >&2; exit 1; }

# quietly WHAT COMMAND...: runs it with its output in build/logs; when it fails, shows the end.
quietly() {
  what=$1
  shift
  mkdir -p "$SOTTO_ROOT/build/logs"
  log="$SOTTO_ROOT/build/logs/$(printf '%s' "$what" | tr -c 'a-zA-Z0-9' '-').log"
  started=$(date +%s)
  if "$@" >"$log" 2>&1; then
    took=$(($(date +%s) - started))
    if [ "$took" -ge 3 ]; then say "$what: done in ${took} s"; fi
  else
    tail -n 40 "$log" >&2
    die "$what failed; the whole output is in ${log#"$SOTTO_ROOT"/}"
  fi
}
