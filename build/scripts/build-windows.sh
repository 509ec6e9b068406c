#!/usr/bin/env bash
# Cross-builds the console, the adapters and the tools for the office's Windows PCs into
# build/bin/windows.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
need_packages "${windows_packages[@]}"
command -v x86_64-w64-mingw32-gcc >/dev/null ||
  die "缺少 MinGW-w64 交叉编译器，请安装后重试。" "The MinGW-w64 cross compiler is missing: install it and try again."
build/scripts/frontend.sh

out=$bin/windows
v=$(version)

say "Windows 适配器 Windows adapters"
build/scripts/adapters.sh "$out/adapters" windows

say "Windows 工具 Windows tools"
build/scripts/tools.sh "$out" windows

say "Windows 控制台 Windows console (第一次约需两分钟 about two minutes the first time)"
# Icon, manifest and version details, which Go links in when they lie beside
# the main package.
resources=app/resources_windows_amd64.syso
trap 'rm -f "$root/$resources"' EXIT
build/scripts/windows-resources.sh "$v" "$resources"
GOARCH=amd64 GOOS=windows CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc \
  go build -tags desktop,production -ldflags "$(ldflags "$v") -H windowsgui" -o "$out/mingcha.exe" ./app
ls -l "$out/mingcha.exe" "$out"/adapters/*.exe | awk '{printf "%8.1f MB  %s\n", $5 / 1e6, $9}'
