#!/usr/bin/env bash
# e2e.sh [FILE…]: the pages in a browser, against the console in build/bin or at
# MINGCHA_BIN; all test files, or those whose names hold one of these words. With
# MINGCHA_PICTURES=1 pictures of the pages stay in build/tmp/screens.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

export MINGCHA_BIN=${MINGCHA_BIN:-$root/$bin/mingcha}
cd frontend
npm run --silent e2e -- "$@"
