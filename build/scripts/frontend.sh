#!/usr/bin/env bash
# frontend.sh [packages]: installs the frontend's packages when the lock file
# changed, and builds the pages into frontend/dist when a source of theirs did.
# With "packages" nothing is built.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

# install_packages: npm ci with the packages' addresses told, which the lock file leaves out: it
# takes half the work. In a folder of its own, as npm reads no lock of another name.
install_packages() {
  local dir=$root/$tmp/packages
  rm -rf "$dir" && mkdir -p "$dir" && cp package.json .npmrc "$dir" &&
    node "$root/build/scripts/addresses.mjs" "$(npm config get registry)" <package-lock.json >"$dir/package-lock.json" &&
    (cd "$dir" && npm ci --no-audit --no-fund --loglevel=error) &&
    rm -rf node_modules && mv "$dir/node_modules" . && rm -r "$dir"
}

cd frontend
lock=$(sha256sum package-lock.json | cut -d ' ' -f 1)
stamp=node_modules/.installed-lock
if [ "$(cat $stamp 2>/dev/null || true)" != "$lock" ]; then
  say "前端依赖 Frontend packages"
  # A registry may keep its packages elsewhere, and tells where.
  install_packages >"$root/$tmp/npm.log" 2>&1 || quietly npm npm ci --no-audit --no-fund --loglevel=error
  echo "$lock" >$stamp
fi
[ "${1:-}" != packages ] || exit 0
newer=$(find . \( -path ./node_modules -o -path ./dist -o -path ./wailsjs -o -path ./tests -o -path ./test-results -o -path ./e2e \) -prune -o -newer dist/index.html -not -path . -print -quit 2>/dev/null || true)
if [ ! -f dist/index.html ] || [ -n "$newer" ]; then
  say "前端页面 Pages"
  quietly pages npm run --silent build
fi
