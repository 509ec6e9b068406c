#!/usr/bin/env bash
# The packages that many goroutines meet in, under the race detector.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

# The detector has all code compiled by itself. SQLite is C, which it does not
# look into: compiled quickly rather than well.
export CGO_CFLAGS=-O0
go test -race -short -count=1 -timeout 10m ./app/internal/{adapterhost,intake,live,store}
