#!/usr/bin/env bash
# oracle.sh [CASES]: random cases, judged by the console and by a judge that shares
# no code with it (build/oracle); 5,000 unless told. A run prints its seed;
# MINGCHA_SEED makes it again.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need_tools

node --test build/oracle
ORACLE_CASES=${1:-5000} ORACLE_CONSOLE=${MINGCHA_BIN:-$root/$bin/mingcha} node build/oracle/run.mjs
