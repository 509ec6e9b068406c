#!/usr/bin/env bash
# fuzz.sh [SECONDS]: gives every fuzz target made-up input for that many seconds
# (10 unless told). What breaks one is kept under its package's testdata/fuzz,
# and is from then on a test like any other.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

# Instrumented code is compiled by itself, SQLite too: quickly rather than well.
export CGO_CFLAGS=-O0
seconds=${1:-10}

targets=$(grep -rl --include='*_test.go' '^func Fuzz' app plugins sdk | sort | while read -r file; do
  sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | sed "s|\$| ./$(dirname "$file")|"
done)
[ -n "$targets" ] || die "没有找到模糊测试。" "No fuzz target was found."

while read -r target package; do
  say "$target $package"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "${seconds}s" "$package"
done <<<"$targets"
