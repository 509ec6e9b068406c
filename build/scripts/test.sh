#!/usr/bin/env bash
# Every check and test, from a clean checkout, without a display. Stops at the
# first step that fails. What takes longest is done by a share here: `make
# torture` has all of the random kills and the largest inputs, `make release` the
# whole build for Windows.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/steps.sh"

need_tools
say "两核的机器约需十分钟 Some ten minutes on two cores"
step "系统软件包 System packages" packages "${window_packages[@]}" "${test_packages[@]}"
fast_temporary_files
# Side by side go those that leave each other's cores idle: much of what the tests
# do is waiting, for processes, clocks and pages.
check_beside "格式与静态检查 Format and vet" build/scripts/lint.sh
check_beside "Go 测试，查竞态 Go tests for races" race_tests -count=1
step "页面的依赖 The pages' packages" build/scripts/frontend.sh packages
check_beside "页面单元测试 Unit tests of the pages" unit_tests
check "页面 Pages" build/scripts/frontend.sh
check "适配器协议的生成代码 The contract's generated code" sdk/check-generated.sh
check "编译 Build" build/scripts/build.sh

# From here on everything runs what was built.
export MINGCHA_BIN=$root/$bin/mingcha
# Made-up input is tried in the time that all others leave.
check_beside "模糊测试 Fuzzing, what strangers send, ten seconds each" nice build/scripts/fuzz.sh 10 12 0
check_beside "真实窗口 The real window" build/scripts/window-test.sh
check_beside "窗口关闭 The window closes" build/scripts/closings.sh
check_beside "账簿导出，以他人的工具核对 The journal by others' tools" sh -c 'cd build/tools/tlogcheck && go test -count=1 ./...'
# One seed, so that it fails for what was changed: some cases of others still touch
# corners for which no text was found (MINGCHA_SEED tries them).
check "另一套核算 An independent judge" env MINGCHA_SEED="${MINGCHA_SEED:-11}" build/scripts/oracle.sh 5000
check "接口类型 The pages' API types" build/scripts/api-types.sh
step "Go 测试 Go tests" other_tests -count=1 -p 4 -parallel 4
check "浏览器中的页面 Pages in a browser" build/scripts/e2e.sh
together

printf '\n全部通过 all passed in %d min %d s\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
summary
