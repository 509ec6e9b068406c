#!/usr/bin/env bash
# golangci.sh [ARGS]: runs the linters of .golangci.yml over every Go package,
# for the window too. The program is built from build/tools, a module of its own,
# so that go.mod of the console names nothing that only checks it; it is kept in
# build/tmp/tools and built anew when its version changes. With arguments they
# stand in place of "run", for example "fmt --diff" or "run ./app/internal/live".
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

sum=$(cat build/tools/go.mod build/tools/go.sum <(go env GOVERSION) | sha256sum | cut -c1-16)
linter=$root/$tmp/tools/golangci-lint-$sum
if [ ! -x "$linter" ]; then
  say "编译检查程序 Building the linter (一次 once)"
  rm -f "$root/$tmp"/tools/golangci-lint-*
  (cd build/tools && CGO_ENABLED=0 go build -o "$linter" github.com/golangci/golangci-lint/v2/cmd/golangci-lint)
fi
[ $# -gt 0 ] || set -- run
exec "$linter" "$@"
