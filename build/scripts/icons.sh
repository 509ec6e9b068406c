#!/usr/bin/env bash
# Draws the icons from build/appicon.svg. The results are committed; run this
# only after changing the drawing. Needs chromium and ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Chromium draws SVG as browsers do; ImageMagick's own renderer does not.
printf '<!doctype html><style>html,body{margin:0;background:transparent}svg{display:block}</style>' >"$tmp/icon.html"
cat build/appicon.svg >>"$tmp/icon.html"
chromium --headless --no-sandbox --disable-gpu --disable-background-networking --user-data-dir="$tmp/profile" \
  --hide-scrollbars --default-background-color=00000000 --window-size=1024,1024 \
  --screenshot="$tmp/icon.png" "file://$tmp/icon.html" >"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; exit 1; }

/usr/bin/convert "$tmp/icon.png" -strip -define png:compression-level=9 build/appicon.png
/usr/bin/convert build/appicon.png -resize 256x256 -strip -define png:compression-level=9 app/internal/desktop/icon.png
/usr/bin/convert build/appicon.png -strip -define icon:auto-resize=256,128,64,48,32,24,16 build/windows/icon.ico
identify build/appicon.png app/internal/desktop/icon.png build/windows/icon.ico
