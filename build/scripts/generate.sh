#!/usr/bin/env bash
# Makes generated code anew: the adapter contract from its proto, the pages' API
# types from the OpenAPI description, what pages know of lists and words, the
# table of who may do what, how characters read, and the drawing of the packages from
# their imports.
# Commit what changes.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
build/scripts/frontend.sh

(cd sdk && npx --prefix ../frontend buf generate)
(cd frontend && npm run --silent api && npm run --silent lists)
go run ./app/internal/pinyin/table >"$tmp/readings.txt"
mv "$tmp/readings.txt" app/internal/pinyin/readings.txt
go run ./app/internal/describe permissions >build/docs/permissions.md
go run ./app/internal/architecture/picture >"$tmp/architecture.svg"
mv "$tmp/architecture.svg" build/docs/architecture.svg
git status --short sdk/contract frontend/src/api frontend/src/lists app/internal/pinyin build/docs
