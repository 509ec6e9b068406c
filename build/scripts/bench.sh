#!/usr/bin/env bash
# bench.sh [FLAGS]: measures the console beside what this machine can do at
# best, in one run; the table is also left in build/tmp/bench.md. The flags are
# those of build/bench, for example -events 100000 -cases 100000 for a quick look.
set -euo pipefail
"$(dirname "$0")/build.sh"
source "$(dirname "$0")/lib.sh"

need_packages "${test_packages[@]}" # the window is measured on a screen that nobody sees
say "测量 Measuring (一百万件办件约需十几分钟 a million cases take some fifteen minutes)"
status=0 # a promise that was not kept keeps nothing else from being measured
go run ./build/bench -mingcha "$bin/mingcha" -out "$tmp/bench.md" "$@" || status=$?

say "五百个浏览器 Five hundred browsers"
(cd build/bench/fanout && go build -o "$root/$tmp/fanout" .) # a module of its own: the peer is no part of the console
"$tmp/fanout" -mingcha "$bin/mingcha" || status=$?
exit $status
