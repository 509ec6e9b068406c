#!/usr/bin/env bash
# What a developer runs before a commit: nothing is built, no browser is opened.
# `make test` is the whole. To add a step, write its line in the lane where it
# fits: those of one lane run one after another, the lanes side by side.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/steps.sh"

need_tools
fast_temporary_files
step "页面的依赖 The pages' packages" build/scripts/frontend.sh packages

# Each line but the last ends with &&: a lane stops where it fails.
pages_lane() (
  cd frontend &&
    npm run --silent format:check &&
    npm run --silent lint &&
    npm run --silent types &&
    npm run --silent test
)

check_beside "页面：格式、检查、类型、单元测试 Pages: format, lint, types, unit tests" pages_lane
check "格式与静态检查 Format and vet" build/scripts/lint.sh
check "Go 的检查程序 Linters of Go" build/scripts/golangci.sh
check "提交说明 Commit messages" build/scripts/commits.sh
check "适配器协议的生成代码 The contract's generated code" sdk/check-generated.sh
check "接口类型 The pages' API types" build/scripts/api-types.sh
# What has not changed since it passed is not run again.
step "Go 测试（短）Go tests, short" go_tests -short ./...
together
summary
