#!/usr/bin/env bash
# frontend.sh [packages]: installs the frontend's packages when the lock file
# changed, and builds the pages into frontend/dist when a source of theirs did.
# With "packages" nothing is built.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

cd frontend
lock=$(sha256sum package-lock.json | cut -d ' ' -f 1)
stamp=node_modules/.installed-lock
if [ "$(cat $stamp 2>/dev/null || true)" != "$lock" ]; then
  say "前端依赖 Frontend packages"
  quietly npm npm ci --no-audit --no-fund --loglevel=error
  echo "$lock" >$stamp
fi
[ "${1:-}" != packages ] || exit 0
newer=$(find . \( -path ./node_modules -o -path ./dist -o -path ./wailsjs -o -path ./tests -o -path ./test-results -o -path ./e2e \) -prune -o -newer dist/index.html -not -path . -print -quit 2>/dev/null || true)
if [ ! -f dist/index.html ] || [ -n "$newer" ]; then
  say "前端页面 Pages"
  quietly pages npm run --silent build
fi
