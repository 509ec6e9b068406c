#!/usr/bin/env bash
# fuzz.sh [SECONDS [TARGETS [OTHERS]]]: gives the fuzz targets made-up input, so many
# targets at once (12), each on one core at most. What takes in what strangers send (cursors,
# mappings, logs, spreadsheets, backups, acts) gets so many SECONDS (10 unless told),
# the other targets so many as OTHERS says (as many; 0: they are left out, and not
# compiled). What breaks one is kept under its package's testdata/fuzz, and is from then
# on a test like any other.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

# Instrumented code is compiled by itself, SQLite too: quickly rather than well.
export CGO_CFLAGS=-O0
seconds=${1:-10} at_once=${2:-12} others=${3:-${1:-10}}
strangers='^Fuzz(Cursors?|Mapping|Log|CSV|Open|Restore|Acts|ActBody)$'

# "TARGET PACKAGE" of each.
targets=$(grep -rl --include='*_test.go' '^func Fuzz' app plugins sdk | sort | while read -r file; do
  sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | sed "s|\$| $(dirname "$file")|"
done)
[ "$others" != 0 ] || targets=$(grep -E "${strangers%$} " <<<"$targets")
[ -n "$targets" ] || die "没有找到模糊测试。" "No fuzz target was found."

programs=$root/$tmp/fuzz
rm -rf "$programs"
mkdir -p "$programs"
cut -d ' ' -f 2 <<<"$targets" | sort -u | while read -r package; do
  go test -c -vet=off -ldflags "-s -w" -fuzz . -o "$programs/${package//\//.}" "./$package"
done

# found NAME PACKAGE: one target; what is worth trying again is kept for later runs.
found() {
  local name=$1 package=$2 time=$others log=$programs/${2//\//.}.$1.log
  [[ ! $name =~ $strangers ]] || time=$seconds
  (cd "$package" && "$programs/${package//\//.}" -test.run '^$' -test.fuzz "^$name\$" -test.fuzztime "${time}s" \
    -test.parallel 1 -test.fuzzcachedir "$(go env GOCACHE)/fuzz/$package") >"$log" 2>&1
  local status=$?
  printf '\n== %s %s\n' "$name" "$package"
  grep -av '^fuzz: elapsed' "$log" || true
  return $status
}
export -f found
export programs seconds others strangers
xargs -P "$at_once" -L 1 bash -c 'found "$@"' found <<<"$targets"
rm -rf "$programs"
