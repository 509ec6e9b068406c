#!/usr/bin/env bash
# Builds build/bin/mingcha, the console with its window and pages, the adapters
# beside it, and the tools for departments and auditors.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
need_packages "${window_packages[@]}"
build/scripts/frontend.sh

say "适配器 Adapters"
build/scripts/adapters.sh "$bin/adapters"

say "部门和审计用的工具 Tools for departments and auditors"
build/scripts/tools.sh "$bin"

say "控制台 Console (第一次约需两分钟 about two minutes the first time)"
CGO_ENABLED=1 go build -tags "$tags" -ldflags "$(ldflags "$(version)")" -o "$bin/mingcha" ./app
"$bin/mingcha" --version
