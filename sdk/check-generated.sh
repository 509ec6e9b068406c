#!/bin/sh
# Fails when the Go code in sdk/contract is not what the proto gives, or the
# proto breaks the linter's rules. BUF names the buf program; the default is
# the one among the frontend's development dependencies.
set -eu
sdk=$(cd "$(dirname "$0")" && pwd)
buf() {
	if [ -n "${BUF:-}" ]; then "$BUF" "$@"; else npx --prefix "$sdk/../frontend" buf "$@"; fi
}
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT INT TERM

cd "$sdk"
buf lint
buf generate --output "$fresh"

# Compared both ways: a file too many is as stale as a changed one.
list() { (cd "$1" && find . -name '*.pb.go' | LC_ALL=C sort); }
list contract >"$fresh/here"
list "$fresh/contract" >"$fresh/there"
[ -s "$fresh/there" ] || { echo "buf generated nothing" >&2; exit 1; }
stale=0
diff "$fresh/here" "$fresh/there" || stale=1
while read -r file; do
	diff -u "contract/$file" "$fresh/contract/$file" || stale=1
done <"$fresh/there"
if [ $stale -ne 0 ]; then
	echo "The generated code is not that of the proto: run 'buf generate' in sdk and commit the result." >&2
	exit 1
fi
echo "sdk/contract is up to date."
