#!/usr/bin/env bash
# Makes generated code anew: the adapter contract from its proto, the pages' API
# types from the OpenAPI description. Commit what changes.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools
build/scripts/frontend.sh

(cd sdk && npx --prefix ../frontend buf generate)
(cd frontend && npm run --silent api)
git status --short sdk/contract frontend/src/api
