#!/usr/bin/env bash
# Builds build/bin/mingcha, the console with its window and pages, the adapters
# beside it, and the tools for departments and auditors.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
[ -x "$bin/mingcha" ] || say "第一次编译约需三分钟，以后几秒 The first build takes about three minutes, later ones seconds"
need_packages "${window_packages[@]}"
build/scripts/frontend.sh

say "适配器 Adapters"
build/scripts/adapters.sh "$bin/adapters"

say "部门和审计用的工具 Tools for departments and auditors"
build/scripts/tools.sh "$bin"

say "控制台 Console"
CGO_ENABLED=1 quietly console go build -tags "$tags" -ldflags "$(ldflags "$(version)")" -o "$bin/mingcha" ./app
printf '完成 built: %s %s\n' "$bin/mingcha" "$("$bin/mingcha" --version)"
