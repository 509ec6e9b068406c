#!/usr/bin/env bash
# What of the console and the adapters is for Windows only, compiled without
# linking and without the other platform's C compiler. `make release` builds the
# whole.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

export GOOS=windows CGO_ENABLED=0
# Every package with a file that only Windows compiles, found by that.
mapfile -t only < <(go list -tags desktop,production -f '{{$p := .}}{{range .GoFiles}}{{$p.ImportPath}} {{.}}
{{end}}' ./app/... ./plugins/... ./sdk/... | awk '$2 ~ /_windows\.go$/ {print $1}' | sort -u)
[ ${#only[@]} -ge 3 ] || die "没有找到 Windows 专用的代码。" "No code for Windows only was found."
printf '%s\n' "${only[@]}"
go build -tags desktop,production "${only[@]}"
# The adapters as well; the console's own program needs SQLite in C.
go vet -tags desktop,production "${only[@]}" ./plugins/...
