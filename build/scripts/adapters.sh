#!/usr/bin/env bash
# adapters.sh OUT [GOOS]: builds every adapter of plugins/ into OUT, with the
# example configurations, and writes OUT/adapters.json with the SHA-256 sums
# that the console pins them to.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
out=$1
goos=${2:-$(go env GOOS)}
suffix=
[ "$goos" != windows ] || suffix=.exe

rm -rf "$out"
mkdir -p "$out"
pins=
for main in plugins/*/main.go; do
  dir=$(dirname "$main")
  name=$(basename "$dir")
  file=$name$suffix
  CGO_ENABLED=0 GOOS=$goos GOARCH=${GOARCH:-amd64} go build -ldflags '-s -w' -o "$out/$file" "./$dir"
  sum=$(sha256sum "$out/$file" | cut -d ' ' -f 1)
  pins+="${pins:+,}"$'\n'"  {\"name\": \"$name\", \"file\": \"$file\", \"sha256\": \"$sum\"}"
  if [ -d "$dir/configs" ]; then
    mkdir -p "$out/configs"
    cp -R "$dir/configs" "$out/configs/$name"
  fi
done
printf '[%s\n]\n' "$pins" >"$out/adapters.json"
