#!/usr/bin/env bash
# Everything that is shipped, whole: the console and its adapters for Linux and
# for Windows, the window looked at, and the sums of what came of it in
# build/bin/SHA256SUMS. Run `make test` on the same commit first.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/steps.sh"

need_tools
step "系统软件包 System packages" packages "${window_packages[@]}" "${test_packages[@]}" "${windows_packages[@]}"
check "Linux" build/scripts/build.sh
check "Windows" build/scripts/build-windows.sh
check "真实窗口 The real window" build/scripts/window-test.sh

# sums: each program is what it should be, and is written down.
sums() (
  cd "$bin" && find . -type f -not -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS || return 1
  local f
  for f in mingcha mingcha-adapter mingcha-redraw mingcha-audit adapters/adapters.json windows/mingcha.exe windows/mingcha-adapter.exe windows/mingcha-redraw.exe windows/mingcha-audit.exe windows/adapters/adapters.json; do
    grep -q " \./$f\$" SHA256SUMS || { echo "$f is missing" >&2; return 1; }
  done
  for f in windows/mingcha.exe windows/adapters/*.exe; do
    [ "$(head -c 2 "$f")" = MZ ] || { echo "$f is no program for Windows" >&2; return 1; }
  done
  cat SHA256SUMS
)
check "校验和 Sums" sums
summary
