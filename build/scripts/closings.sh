#!/usr/bin/env bash
# closings.sh [TIMES]: opens the real window and closes it again, as often as told
# (12 times), by a signal, by its menu and by its cross, soon after it came up and
# later, also while its page's process stands still. Each time every process of it
# must have ended within 5 s, and its folder must be free.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_packages "${window_packages[@]}" "${test_packages[@]}"

times=${1:-12}
program=$root/$bin/mingcha
work=$(mktemp -d)
mkdir -p "$work/home" "$work/run"
chmod 700 "$work/run"
started=()

finish() {
  local p
  for p in "${started[@]}"; do kill -9 "$p" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Nothing of the user's is read or written.
export HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/.local XDG_CACHE_HOME=$work/home/.cache
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export GDK_BACKEND=x11 NO_AT_BRIDGE=1 LIBGL_ALWAYS_SOFTWARE=1 LANG=C.UTF-8

fail() {
  printf '%s\n' "$*" >&2
  grep -v DEBUG "$work/window.log" | head -n 40 >&2 || true
  exit 1
}

Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
started+=($!)
for _ in $(seq 600); do [ -s "$work/display" ] && break; sleep 0.1; done
[ -s "$work/display" ] || fail "Xvfb did not start"
DISPLAY=:$(<"$work/display")
export DISPLAY
openbox >"$work/openbox.log" 2>&1 &
started+=($!)

# place WINDOW: sets X, Y and WIDTH, where it really is on the screen.
place() {
  eval "$(xwininfo -id "$1" | awk '/Absolute upper-left X/ {print "X=" $NF} /Absolute upper-left Y/ {print "Y=" $NF} $1 == "Width:" {print "WIDTH=" $2}')"
}

# family PID: it and all below it.
family() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1" || true); do family "$child"; done
}

# The adapter of the first office keeps a process of its own beside the window's.
data=$work/data
mkdir -p "$data"
node -e 'require("fs").writeFileSync(process.argv[1], JSON.stringify({ adapters: [{ name: "city", adapter: "simulator", config: { seed: 1, start: "-7d", cases: 500 } }] }))' "$data/console.json"

longest=0
for n in $(seq "$times"); do
  "$program" --data "$data" -v >"$work/window.log" 2>&1 &
  pid=$!
  started+=("$pid")
  window=
  for _ in $(seq 600); do
    kill -0 "$pid" 2>/dev/null || fail "closing $n: the console ended before its window came up"
    window=$(xdotool search --onlyvisible --pid "$pid" --name '明察' 2>/dev/null | head -n 1 || true)
    [ -z "$window" ] || break
    sleep 0.1
  done
  [ -n "$window" ] || fail "closing $n: no window within a minute"
  sleep "$(awk -v n="$n" 'BEGIN { srand(n); printf "%.2f", rand() * rand() * 4 }')"
  all=$(family "$pid")
  kill -0 "$pid" 2>/dev/null || fail "closing $n: the console ended by itself"
  held=
  if [ $((n % 6)) -eq 0 ]; then # the page's process stands still
    held=$(pgrep -P "$pid" -f WebKitWebProcess || true)
    # shellcheck disable=SC2086 # several numbers
    [ -z "$held" ] || kill -STOP $held 2>/dev/null || true
  fi
  began=$(date +%s%N)
  case $((n % 3)) in
    0) way=signal && kill -TERM "$pid" ;;
    1) # The cross of the frame that the window manager has put around it.
      way=cross
      for _ in $(seq 50); do
        frame=$(xprop -id "$window" _NET_FRAME_EXTENTS 2>/dev/null | sed -n 's/.*= //p' | tr -d ' ')
        [ -z "$frame" ] || break
        sleep 0.1
      done
      top=$(cut -d , -f 3 <<<"${frame:-0,0,0,0}")
      [ "$top" -gt 0 ] || fail "closing $n: the window has no frame"
      place "$window"
      xdotool mousemove $((X + WIDTH - 10)) $((Y - top / 2)) click 1
      ;;
    2) # File, and its last entry.
      way=menu
      xdotool windowactivate --sync "$window" >/dev/null 2>&1 || true
      place "$window"
      xdotool mousemove $((X + 20)) $((Y + 12)) click 1
      sleep 0.3
      xdotool key Up Return
      ;;
  esac
  left=$all
  while :; do
    left=$(for p in $all; do ! kill -0 "$p" 2>/dev/null || ps -o pid=,stat= -p "$p" | awk '$2 !~ /^Z/ {print $1}' || true; done)
    took=$((($(date +%s%N) - began) / 1000000))
    [ -n "$left" ] || break
    if [ "$took" -gt 5000 ]; then
      import -window root "$root/$tmp/closing.png" 2>/dev/null || true
      # shellcheck disable=SC2086 # several numbers
      ps -o pid,ppid,stat,args -p ${left//$'\n'/ } >&2 || true
      fail "closing $n by $way: processes are left after 5 s"
    fi
    sleep 0.05
  done
  [ -z "$held" ] || kill -CONT $held 2>/dev/null || true
  status=0
  wait "$pid" || status=$?
  [ "$status" -eq 0 ] || fail "closing $n by $way: the console ended with status $status"
  flock -n "$data/mingcha.lock" true || fail "closing $n by $way: the folder is still locked"
  [ "$took" -le "$longest" ] || longest=$took
  [ "$times" -le 20 ] || [ $((n % 25)) -ne 0 ] || echo "$n closed, the longest in $longest ms"
done
echo "$times windows closed by signal, cross and menu: every process ended, the longest in $longest ms"
