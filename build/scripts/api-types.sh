#!/usr/bin/env bash
# The pages' types are what the API's description says today; otherwise a page
# could ask for what the server no longer answers.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

cd "$root/frontend"
if ! npm run --silent api -- --check; then
  echo "frontend/src/api/schema.ts 不是最新的：请在 frontend 中运行 npm run api 后提交。"
  echo "frontend/src/api/schema.ts is stale: run 'npm run api' in frontend and commit it."
  exit 1
fi
