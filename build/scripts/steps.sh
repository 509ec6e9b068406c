# Sourced after lib.sh by scripts that do many steps: says which one runs, how long
# it took and how much of a core, runs some beside others, and sums up. The last line counts: Go's
# tests one by one, every other check as one.
# shellcheck shell=bash

passed=0 failed=0 skipped=0
began=$SECONDS
took=()     # "SECONDS CORE-SECONDS NAME" of each step that ended
beside=()   # names of the checks that run beside this script
lanes=$tmp/lanes.$$
counts=$lanes/counts # what Go's tests came to
mkdir -p "$lanes"
trap 'steps_end' EXIT

summary() {
  printf '\n%6s  %6s  %s\n' '秒 s' '核秒 core s' '步骤 step'
  [ ${#took[@]} -eq 0 ] || printf '%s\n' "${took[@]}"
  printf '%6d  %s\n' $((SECONDS - began)) '共计 in all'
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
}

# core_seconds: sets core to what this shell's children have used of a core so far,
# those that have ended and do not run beside. A shell within this one would count
# its own.
core_seconds() {
  local file=$lanes/times.$BASHPID other
  times >"$file"
  core=$(awk 'NR == 2 {gsub(/[ms]/, " "); printf "%d", $1 * 60 + $2 + $3 * 60 + $4}' "$file")
  [ "$BASHPID" = $$ ] || return 0
  for file in "$lanes"/*.end; do
    [ ! -f "$file" ] || { read -r _ other _ <"$file" && core=$((core - other)); }
  done
}

# ended NAME SECONDS CORE-SECONDS STATUS
ended() {
  took+=("$(printf '%6d  %6d  %s' "$2" "$3" "$1")")
  if [ "$4" -eq 0 ]; then
    printf -- '-- %s: %d s, %d core s\n' "$1" "$2" "$3"
    return
  fi
  failed=$((failed > 0 ? failed : 1))
  printf '\n失败 FAILED: %s (%d s)\n' "$1" "$2"
  summary
  exit 1
}

# step NAME COMMAND…: what others need; all stops where it fails. A function as the
# COMMAND has to tell of a failure itself: set -e sleeps in it.
step() {
  local name=$1 start=$SECONDS status=0 core before
  shift
  say "$name"
  core_seconds
  before=$core
  "$@" || status=$?
  core_seconds
  ended "$name" $((SECONDS - start)) $((core - before)) $status
}

# check NAME COMMAND…: a step that counts as one test.
check() {
  step "$@"
  passed=$((passed + 1))
}

# check_beside NAME COMMAND…: a check that runs beside what follows, until
# `together`. What it says is shown when it has ended, so that lines stay apart.
check_beside() {
  local name=$1 n=${#beside[@]}
  shift
  beside+=("$name")
  printf '\n== %s …\n' "$name"
  (
    trap - EXIT
    start=$SECONDS status=0 counts=$lanes/$n.counts
    "$@" >"$lanes/$n.log" 2>&1 || status=$?
    core_seconds
    echo "$((SECONDS - start)) $core $status" >"$lanes/$n.end"
  ) &
  echo $! >"$lanes/$n.pid"
}

# together waits for what runs beside.
together() {
  local n seconds core status
  for n in "${!beside[@]}"; do
    wait "$(<"$lanes/$n.pid")" || true
    rm "$lanes/$n.pid"
    say "${beside[n]}"
    cat "$lanes/$n.log"
    read -r seconds core status <"$lanes/$n.end"
    [ ! -f "$lanes/$n.counts" ] || counted "$lanes/$n.counts" || status=1
    ended "${beside[n]}" "$seconds" "$core" "$status"
    [ -f "$lanes/$n.counts" ] || passed=$((passed + 1))
  done
  beside=()
}

# Whatever still runs beside ends with the script.
steps_end() {
  local file
  for file in "$lanes"/*.pid; do
    [ ! -f "$file" ] || end_with_children "$(<"$file")"
  done
  rm -rf "$lanes"
}

end_with_children() {
  local child
  for child in $(pgrep -P "$1" 2>/dev/null || true); do end_with_children "$child"; done
  kill "$1" 2>/dev/null || true
}

packages() (need_packages "$@")

# go_tests ARG…: Go's tests, counted one by one. They are vetted by a check of its own,
# and nobody looks into their programs with a debugger.
go_tests() {
  local status=0
  go test -json -timeout 90m -vet off -ldflags '-s -w' "$@" | node build/scripts/gotest.mjs "$counts" || status=$?
  counted "$counts" && [ $status -eq 0 ]
}

# The packages that many goroutines meet in are tested under the race detector,
# and there alone.
raced=(app/internal/adapterhost app/internal/intake app/internal/live app/internal/store)

# Of intake's, those that one caller after another makes with a hundred random inputs
# each give the detector nothing to look at: they are run without it.
one_caller='^Test(AnyOrderSplitRepetitionAndReExportGiveOneVerdict|TheLastVersionOfEachRatingHolds|OrderAndBatchesDoNotMatter)$'

# race_tests ARG…: their tests. The detector has all code compiled by itself. SQLite
# is C, which it does not look into: compiled quickly rather than well.
race_tests() {
  local -x CGO_CFLAGS=-O0
  go_tests -race -skip "$one_caller" "$@" "${raced[@]/#/./}"
}

# other_tests ARG…: the tests of all other packages, and what is left of the raced.
other_tests() {
  local module
  go_tests "$@" -run "$one_caller" ./app/internal/intake || return 1
  module=$(go list -m)
  # shellcheck disable=SC2046 # packages have no spaces
  go_tests "$@" $(go list ./... | grep -vxF "$(printf "$module/%s\n" "${raced[@]}")")
}

# counted FILE: takes over the counts of tests; whether some passed and none failed.
counted() {
  local p f s
  read -r p f s <"$1"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [ "$f" -eq 0 ] && [ "$p" -gt 0 ] # a run without tests proves nothing
}

unit_tests() (cd frontend && npm run --silent test)
