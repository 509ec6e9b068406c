#!/usr/bin/env bash
# Builds everything and opens the demonstration city: in a window, or where
# there is no display, as a server whose address it prints.
set -euo pipefail
"$(dirname "$0")/build.sh"
source "$(dirname "$0")/lib.sh"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  say "演示城市 The demonstration city"
  exec "$bin/mingcha" --demo
fi
say "没有图形界面，改为启动服务 No display here, so the server is started instead"
exec "$bin/mingcha" serve --demo
