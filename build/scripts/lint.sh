#!/usr/bin/env bash
# Formatting and vetting. The pages are checked by their own build.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

unformatted=$(gofmt -l app build plugins sdk frontend/*.go)
[ -z "$unformatted" ] || die "以下文件没有用 gofmt 排版：" "These files are not formatted by gofmt: $unformatted"
go vet ./...
# The window's own files are behind tags; vetting them needs no libraries on
# the way to Windows, nor the other platform's C compiler.
build/scripts/windows-share.sh
for script in build/scripts/*.sh .ci/run; do bash -n "$script"; done
