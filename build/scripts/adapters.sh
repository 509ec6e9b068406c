#!/usr/bin/env bash
# adapters.sh OUT [GOOS]: builds every adapter of plugins/ into OUT, with the
# example configurations, and writes their SHA-256 sums, to which the console pins
# them, into OUT/adapters.json. Other adapters in OUT, and what the list says of
# them, stay as they are. A file "writes" beside an adapter's main.go names the
# fields of its configuration that are files which it writes.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
out=$1
goos=${2:-$(go env GOOS)}
suffix=
[ "$goos" != windows ] || suffix=.exe

mkdir -p "$out"
pins=
for main in plugins/*/main.go; do
  dir=$(dirname "$main")
  name=$(basename "$dir")
  file=$name$suffix
  CGO_ENABLED=0 GOOS=$goos GOARCH=${GOARCH:-amd64} go build -ldflags '-s -w' -o "$out/$file" "./$dir"
  sum=$(sha256sum "$out/$file" | cut -d ' ' -f 1)
  writes=
  [ ! -f "$dir/writes" ] || writes=", \"writes\": [\"$(paste -s -d , "$dir/writes" | sed 's/,/", "/g')\"]"
  pins+="${pins:+,}"$'\n'"  {\"name\": \"$name\", \"file\": \"$file\", \"sha256\": \"$sum\"$writes}"
  if [ -d "$dir/configs" ]; then
    rm -rf "$out/configs/$name"
    mkdir -p "$out/configs"
    cp -R "$dir/configs" "$out/configs/$name"
  fi
done
printf '[%s\n]\n' "$pins" | node -e '
  const fs = require("fs"), file = process.argv[1], own = JSON.parse(fs.readFileSync(0))
  let others = []
  try { others = JSON.parse(fs.readFileSync(file)).filter(p => !own.some(o => o.name === p.name)) } catch (e) { if (e.code !== "ENOENT") throw e }
  const lines = [...own, ...others].map(p => "  " + JSON.stringify(p))
  fs.writeFileSync(file + ".new", "[\n" + lines.join(",\n") + "\n]\n")
  fs.renameSync(file + ".new", file)' "$out/adapters.json"
