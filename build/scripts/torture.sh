#!/usr/bin/env bash
# torture.sh [KILLS]: all of what `make test` does a share of. Kills the console,
# then an adapter, at that many random moments of an ingest (200 unless told);
# after each, the journal must hold every event once and verify. Then the largest
# inputs: the whole city's year, a log of 200 MB, a file of 100,000 ratings, a
# journal of a million records, made-up input for five minutes each, a hundred thousand
# random cases, every page in every size.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/steps.sh"

need_tools
step "系统软件包 System packages" packages "${window_packages[@]}"

# whole PACKAGE PATTERN: runs tests whole, and wants that there were some.
whole() {
  MINGCHA_FULL=1 go test -count=1 -timeout 240m -v -run "$2" "$1" | tee "$tmp/torture.log" || return 1
  grep -q '^--- PASS' "$tmp/torture.log" || die "没有运行任何测试。" "No test was run."
}

tlogcheck() { (cd build/tools/tlogcheck && MINGCHA_TLOG_RECORDS=$1 go test -count=1 -timeout 60m ./...); }

export MINGCHA_TORTURE=${1:-200}
check "随机时刻的破坏 Kills at random moments" whole ./app/internal/acceptance AtRandomMoments
check "全城一年 A whole city's year" whole ./app/internal/acceptance CityYear
check "五十部手机 Fifty phones" whole ./app/internal/acceptance NoVisitIsLostOrDoubled
check "各种负载 All loads at once" whole ./app/internal/acceptance LoadsThatDoNotHoldAnybody
check "演示城市 The whole demonstration" whole ./app/internal/runtime TheDemonstrationHasPeople
check "大日志 A large log" whole ./plugins/xes TestMemoryStaysFlat
check "十万条评价 A hundred thousand ratings" whole ./app/internal/features/rating TestAsManyRowsAsMayBe
# A million records as tlog-tiles, by others' tools: a module of its own.
check "百万条账簿 A journal of a million records" tlogcheck 1000000
step "编译 Build" build/scripts/build.sh
export MINGCHA_BIN=$root/$bin/mingcha
check "每页的每种屏幕 Every page at every size" env MINGCHA_FULL=1 build/scripts/e2e.sh fits every-page
check "模糊测试 Fuzzing, five minutes each" build/scripts/fuzz.sh 300 2
check "十万件随机办件 A hundred thousand random cases" build/scripts/oracle.sh 100000
summary
