#!/usr/bin/env bash
# Makes generated code anew: the adapter contract from its proto, the pages' API
# types from the OpenAPI description, what pages know of lists and words, and the
# table of who may do what. Commit what changes.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
build/scripts/frontend.sh

(cd sdk && npx --prefix ../frontend buf generate)
(cd frontend && npm run --silent api && npm run --silent lists)
go run ./app/internal/describe permissions >build/docs/permissions.md
git status --short sdk/contract frontend/src/api frontend/src/lists build/docs
