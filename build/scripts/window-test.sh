#!/usr/bin/env bash
# Opens the real window on a demonstration city of its own, on a screen that
# nobody sees, and checks that it paints, that the board moves, that letters are seen
# as they are typed, that a second console on the same folder says so in its window,
# that it opens its folder to the network again, that another window shows that console
# after its fingerprint was confirmed and somebody signed in, and that all end cleanly.
# Screenshots stay in build/tmp/screens to be looked at.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_packages "${window_packages[@]}" "${test_packages[@]}"

program=$root/$bin/mingcha
screens=$root/$tmp/screens
work=$(mktemp -d)
rm -rf "$screens"
mkdir -p "$screens" "$work/home" "$work/run"
chmod 700 "$work/run"
started=()

finish() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

# Nothing of the user's is read or written.
export HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/.local XDG_CACHE_HOME=$work/home/.cache
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export MINGCHA_INSPECT=1 # its connections are counted
export GDK_BACKEND=x11 NO_AT_BRIDGE=1 LIBGL_ALWAYS_SOFTWARE=1 LANG=C.UTF-8

fail() {
  printf '%s\n' "$*" >&2
  tail -n 20 "$work"/*.log >&2
  exit 1
}

Xvfb -displayfd 3 -screen 0 1366x768x24 -fbdir "$work" -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
started+=($!)
for _ in $(seq 600); do [ -s "$work/display" ] && break; sleep 0.1; done
[ -s "$work/display" ] || fail "Xvfb did not start"
DISPLAY=:$(<"$work/display")
export DISPLAY

# open_window NAME ARG…: starts the console; sets pid.
open_window() {
  "$program" "${@:2}" -v >"$work/$1.log" 2>&1 &
  pid=$!
  started+=("$pid")
  for _ in $(seq 1800); do
    kill -0 "$pid" 2>/dev/null || fail "$1: the console ended before its window came up"
    ! xdotool search --onlyvisible --pid "$pid" --name '明察' >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  fail "$1: no window within 3 min"
}

# busy FILE: how much of a picture is not its commonest colour, in thousandths.
# An empty window or the opening page is almost all one colour.
busy() {
  identify -format '%w %h\n' "$1" >"$work/size"
  convert "$1" -format %c histogram:info:- | sort -rn |
    awk -v size="$(<"$work/size")" 'NR == 1 {split(size, s, " "); printf "%d", 1000 - 1000 * $1 / (s[1] * s[2])}'
}
convert() { /usr/bin/convert "$@"; }

# changed A B: pixels that differ.
changed() { compare -metric AE "$1" "$2" null: 2>&1 | awk '{printf "%d", $1}' || true; }

# The whole screen: of a window that lies over another, import sees nothing.
shoot() { import -window root "$screens/$1.png"; }

# turned FROM TO: waits until another page than FROM's is there and stands still,
# however slow the machine is, and keeps it as TO.
turned() {
  local i
  for i in $(seq 200); do
    shoot "$2"
    sleep 0.7
    shoot still
    [ "$(changed "$screens/$1.png" "$screens/still.png")" -lt 3000 ] || [ "$(changed "$screens/$2.png" "$screens/still.png")" -ge 500 ] || break
    [ "$i" -lt 200 ] || fail "nothing new stood still after $1"
  done
  rm "$screens/still.png"
}

# listeners: connections to the live stream's port, which only a page's script
# opens; the opening page has none.
listeners() {
  local sockets
  sockets=$(find "/proc/$pid/fd" -lname 'socket:*' -printf '%l ' 2>/dev/null | tr -dc '0-9 ' || true)
  awk -v sockets="$sockets" '
    BEGIN { split(sockets, s, " "); for (i in s) mine[s[i]] }
    NR > 1 { split($2, local, ":") }
    $4 == "0A" && $10 in mine { port[local[2]] }
    $4 == "01" { used[local[2]]++ }
    END { for (p in port) n += used[p]; print n + 0 }' /proc/net/tcp
}

# living NAME: waits until a living board is there, which NAME shows meanwhile. Of a
# board more than 400 thousandths are drawn on, of the forms to sign in at most 240, of
# the frame around a page that still loads not more.
living() {
  local i
  for i in $(seq 300); do
    shoot "$1"
    [ "$(busy "$screens/$1.png")" -lt 350 ] || [ "$(listeners)" -eq 0 ] || break
    [ "$i" -lt 300 ] || fail "no living board ($1) within 5 min: $(busy "$screens/$1.png")/1000 drawn on, $(listeners) live connections"
    sleep 1
  done
  sleep 3 # charts, tiles and events come in
}

# ends PID…: each of these consoles ends on SIGTERM, with all of its processes.
ends() {
  local p child children status
  for p in "$@"; do
    children=$(pgrep -P "$p" || true)
    kill -TERM "$p"
    for _ in $(seq 600); do kill -0 "$p" 2>/dev/null || break; sleep 0.1; done
    ! kill -0 "$p" 2>/dev/null || fail "the console did not end within a minute of SIGTERM"
    status=0
    wait "$p" || status=$?
    [ "$status" -eq 0 ] || fail "the console ended with status $status on SIGTERM"
    for child in $children; do
      ! kill -0 "$child" 2>/dev/null || { sleep 2; ! kill -0 "$child" 2>/dev/null; } || fail "process $child outlived the console"
    done
  done
}

# Without a display: two lines that say what to do instead, and no more.
status=0
env -u DISPLAY "$program" --data "$work/none" >"$work/none.log" 2>&1 || status=$?
[ "$status" -eq 1 ] && [ "$(wc -l <"$work/none.log")" -eq 2 ] && [ "$(grep -c 'mingcha serve' "$work/none.log")" -eq 2 ] ||
  fail "without a display it ends with status $status and says: $(cat "$work/none.log")"
echo "without a display it says how to go on"

# The head of the office, who opened it to the network at the last end.
first_password=$("$program" account add zhuren --name 王主任 --role head --data "$work/data" --json |
  node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(0)).password)')
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
"$program" serve --demo --data "$work/data" --listen "127.0.0.1:$port" >"$work/prepare.log" 2>&1 &
pid=$!
started+=("$pid")
for _ in $(seq 1200); do [ -s "$work/prepare.log" ] && break; sleep 0.1; done
kill -TERM "$pid"
wait "$pid" || fail "the folder could not be prepared"
node -e 'const fs = require("fs"), [file, port] = process.argv.slice(1), c = JSON.parse(fs.readFileSync(file))
  c.network = { open: true, host: "127.0.0.1", port: Number(port) }; fs.writeFileSync(file, JSON.stringify(c))' "$work/data/console.json" "$port"

open_window board --demo --data "$work/data"
living board
shoot board
echo "board up after ${SECONDS} s: $(busy "$screens/board.png")/1000 drawn on, $(listeners) live connection(s)"

moved=0
for i in $(seq 60); do
  sleep 2
  shoot board-later
  moved=$(changed "$screens/board.png" "$screens/board-later.png")
  [ "$moved" -lt 200 ] || break
done
[ "$moved" -ge 200 ] || fail "the board stood still for two minutes"
echo "board moved: $moved pixels changed"
first=$pid

# Larger by the key of every browser, kept for the next start.
xdotool mousemove 700 400 key ctrl+plus
for _ in $(seq 100); do grep -q '"zoom":110' "$work/data/window.json" 2>/dev/null && break; sleep 0.1; done
grep -q '"zoom":110' "$work/data/window.json" || fail "Ctrl + does not zoom"
xdotool key ctrl+0
echo "the window zooms"

# M20: whoever types sees each letter at once, however much the board behind moves.
# What takes long on a busy machine may not take much less while the city stands still.
letters() { node build/scripts/typing.mjs "$work/Xvfb_screen0" 500 2>>"$work/typing.log" || fail "nothing could be typed"; }
shown=$(letters)
echo "a letter stands on the screen $shown ms after its key"
if [ "$shown" -ge 500 ]; then
  city=$(pgrep -P "$first" -f simulator)
  kill -STOP "$city"
  still=$(letters)
  kill -CONT "$city" || true # what does not answer is started anew
  echo "and $still ms while the city stands still"
  [ "$shown" -lt $((5 * still)) ] || fail "the board holds up what is typed: $(<"$work/typing.log")"
fi

# The same folder again: a page that says it is in use, not a crash.
open_window in-use --demo --data "$work/data"
for i in $(seq 120); do
  shoot in-use
  drawn=$(busy "$screens/in-use.png")
  [ "$drawn" -lt 100 ] || [ "$drawn" -ge 300 ] || break
  [ "$i" -lt 120 ] || fail "the second console shows no message ($drawn/1000 drawn on)"
  sleep 1
done
kill -0 "$pid" 2>/dev/null || fail "the second console on the same folder crashed instead of saying why"
grep -q data_folder_in_use "$work/in-use.log" || fail "the second console did not find the folder in use"
echo "a second console on the same folder says so in its window ($drawn/1000 drawn on)"

ends "$pid"

# Open to the network: whoever has not signed in is asked to.
status=$(node -e 'require("https").get({ port: process.argv[1], path: "/api/session", rejectUnauthorized: false }, r => { console.log(r.statusCode); r.resume() })
  .on("error", e => console.log(e.code))' "$port")
[ "$status" = 401 ] || fail "the window did not open its folder to the network again: $status"
echo "the window opened its folder to the network again"

# Another window on that console: fingerprint, sign-in, first password, board.
open_window elsewhere --connect "127.0.0.1:$port"
for i in $(seq 120); do
  sleep 1
  shoot fingerprint
  [ "$(busy "$screens/fingerprint.png")" -lt 100 ] || [ "$(busy "$screens/fingerprint.png")" -ge 300 ] || break
  [ "$i" -lt 120 ] || fail "no fingerprint to compare within 2 min"
done
sleep 1
xdotool key Tab Return
known=$work/home/.config/mingcha/window/remotes.json
for _ in $(seq 600); do [ -s "$known" ] && break; sleep 0.1; done
[ "$(stat -c %a "$known" 2>/dev/null)" = 600 ] || fail "the confirmed key was not kept, or others can read it"
turned fingerprint sign-in
xdotool type zhuren
xdotool key Tab
xdotool type "$first_password"
xdotool key Return
turned sign-in first-password
xdotool type "$first_password"
xdotool key Tab Tab
xdotool type 'four grey horses at noon'
xdotool key Tab Tab
xdotool type 'four grey horses at noon'
xdotool key Return
living elsewhere
shoot elsewhere
echo "another window shows the console after its fingerprint was confirmed and somebody signed in"

# Both windows' pages are witnesses of the journal, by what each reached it.
witness=$work/home/.config/mingcha/witness.json
sees() { node -e 'const seen = JSON.parse(require("fs").readFileSync(process.argv[1])); process.exit(process.argv.slice(2).every(p => seen[p]?.size > 0) ? 0 : 1)' "$witness" "$@" 2>/dev/null; }
for _ in $(seq 3000); do ! sees "$work/data" "https://127.0.0.1:$port" || break; sleep 0.1; done
sees "$work/data" "https://127.0.0.1:$port" || fail "the windows do not remember what they saw of the journal: $(head -c 300 "$witness" 2>&1)"
[ "$(stat -c %a "$witness")" = 600 ] || fail "others can read what the windows saw"
echo "both windows remember the journal that they saw"

ends "$pid" "$first"
[ -s "$work/home/.config/mingcha/window/window.json" ] || [ -s "$work/data/window.json" ] || fail "the window's size was not kept"
echo "all ended cleanly"
