#!/usr/bin/env bash
# torture.sh [KILLS]: kills the console, then an adapter, at that many random
# moments of an ingest (200 unless told); after each, the journal must hold
# every event once and verify. `make test` runs a share of it.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
need_packages "${window_packages[@]}"

MINGCHA_TORTURE=${1:-200} go test -count=1 -timeout 120m -v -run AtRandomMoments ./app/internal/acceptance | tee "$tmp/torture.log"
grep -q '^--- PASS' "$tmp/torture.log" || die "没有运行任何破坏测试。" "No torture test was run."
