#!/usr/bin/env bash
# tools.sh OUT [GOOS]: builds every program of sdk/cmd into OUT: what departments
# test their adapters with, and what auditors draw samples anew with.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
out=$1
goos=${2:-$(go env GOOS)}
suffix=
[ "$goos" != windows ] || suffix=.exe

mkdir -p "$out"
for main in sdk/cmd/*/main.go; do
  dir=$(dirname "$main")
  CGO_ENABLED=0 GOOS=$goos GOARCH=${GOARCH:-amd64} go build -ldflags '-s -w' -o "$out/$(basename "$dir")$suffix" "./$dir"
done
