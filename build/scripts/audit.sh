#!/usr/bin/env bash
# Known vulnerabilities in what the console is made of, by the two registries'
# own databases. Needs the network, so it is no part of the tests; where the
# Go database lies on this machine, MINGCHA_VULNDB is its folder.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

need_tools
db=()
[ -z "${MINGCHA_VULNDB:-}" ] || db=(-db "file://$MINGCHA_VULNDB")
say "Go 依赖 Go modules"
go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ${db[@]+"${db[@]}"} -tags "$tags" ./...
say "页面依赖 The pages' packages"
cd frontend
npm audit
