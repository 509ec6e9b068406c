#!/usr/bin/env bash
# Removes what was built. Downloaded packages stay.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
rm -rf "$bin" "$tmp" frontend/test-results
find frontend/dist -mindepth 1 -not -name .gitkeep -delete
