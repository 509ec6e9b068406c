#!/usr/bin/env bash
# Every check and test, from a clean checkout, without a display. Stops at the
# first step that fails. The last line sums up: Go's tests count one by one,
# every other step as one.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

passed=0 failed=0 skipped=0
began=$SECONDS

summary() { printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"; }

# step NAME COMMAND…
step() {
  local name=$1 start=$SECONDS
  shift
  say "$name"
  if ! "$@"; then
    failed=$((failed > 0 ? failed : 1))
    printf '\n失败 FAILED: %s (%d s)\n' "$name" $((SECONDS - start))
    summary
    exit 1
  fi
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - start))
}

# check NAME COMMAND…: a step that counts as one test.
check() {
  step "$@"
  passed=$((passed + 1))
}

packages() (need_packages "${window_packages[@]}" "${test_packages[@]}" "${windows_packages[@]}")

go_tests() {
  local status=0 p f s
  go test -json -count=1 -timeout 90m ./... | node build/scripts/gotest.mjs "$tmp/gotest.counts" || status=$?
  read -r p f s <"$tmp/gotest.counts"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  # A run without tests proves nothing.
  [ $status -eq 0 ] && [ "$f" -eq 0 ] && [ "$p" -gt 0 ]
}

unit_tests() (cd frontend && npm run --silent test)

# has_script NAME: the frontend has such an npm script.
has_script() { node -e 'process.exit(require("./frontend/package.json").scripts[process.argv[1]] ? 0 : 1)' "$1"; }

pages_in_browser() (cd frontend && MINGCHA_BIN="$root/$bin/mingcha" npm run --silent e2e)

need_tools
step "系统软件包 System packages" packages
check "页面 Pages" build/scripts/frontend.sh
check "格式与静态检查 Format and vet" build/scripts/lint.sh
check "适配器协议的生成代码 The contract's generated code" sdk/check-generated.sh
check "接口类型 The pages' API types" build/scripts/api-types.sh
check "页面单元测试 Unit tests of the pages" unit_tests
check "编译 Build" build/scripts/build.sh
check "Windows 交叉编译 Cross build for Windows" build/scripts/build-windows.sh
step "Go 测试 Go tests" go_tests
if has_script e2e; then
  check "浏览器中的页面 Pages in a browser" pages_in_browser
fi
check "真实窗口 The real window" build/scripts/window-test.sh

printf '\n全部通过 all passed in %d min %d s' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
summary
