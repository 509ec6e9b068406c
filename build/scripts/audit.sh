#!/usr/bin/env bash
# Known vulnerabilities in what the console is made of, by the two registries'
# own databases. Needs the network, so it is no part of the tests. Where they lie
# on this machine instead, MINGCHA_VULNDB is the folder of the Go database and
# MINGCHA_ADVISORIES that of GitLab's open advisory database.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

need_tools
db=()
[ -z "${MINGCHA_VULNDB:-}" ] || db=(-db "file://$MINGCHA_VULNDB")
say "Go 依赖 Go modules"
go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ${db[@]+"${db[@]}"} -tags "$tags" ./...
say "页面依赖 The pages' packages"
if [ -n "${MINGCHA_ADVISORIES:-}" ]; then
  node build/scripts/audit-npm.mjs "$MINGCHA_ADVISORIES"
else
  cd frontend
  npm audit
fi
