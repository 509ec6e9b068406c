# Sourced by the scripts beside it: where things are, how they speak, and what
# they need on this machine.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
bin=build/bin
tmp=build/tmp
mkdir -p "$tmp"

# One set of flags for every Go command: another set would compile SQLite anew.
export GOFLAGS='-trimpath -buildvcs=false'
# SQLite keeps no statistics of its memory, as its authors advise: each allocation
# took a lock for them. Each connection has room for the cursors of its statements, so
# that running one allocates nothing.
export CGO_CFLAGS='-O2 -g -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_DEFAULT_LOOKASIDE=1200,500'
# Tags of a console with a window.
tags=desktop,production,webkit2_41

min_go=1.26
min_node=20.19

say() { printf '\n== %s\n' "$*"; }

# quietly NAME COMMAND…: what it says goes to build/tmp/NAME.log, and is shown where
# the command fails.
quietly() {
  local log=$root/$tmp/$1.log status=0
  shift
  "$@" >"$log" 2>&1 || status=$?
  [ $status -eq 0 ] || {
    cat "$log" >&2
    printf '失败 failed (%d): %s\n' "$status" "$*" >&2
  }
  return $status
}

# die ZH EN: one line, then the end.
die() {
  printf '%s  %s\n' "$1" "$2" >&2
  exit 1
}

# at_least HAVE WANT compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

need_tools() {
  # Where Go's own instructions put it, for shells that were not told.
  command -v go >/dev/null || { [ -x /usr/local/go/bin/go ] && PATH=$PATH:/usr/local/go/bin; }
  command -v go >/dev/null ||
    die "缺少 Go：请安装 Go $min_go 或更新版本（go.dev/doc/install）后重试。" "Go is missing: install Go $min_go or newer (go.dev/doc/install) and try again."
  local v
  v=$(cd / && GOTOOLCHAIN=local go env GOVERSION) # the one installed, not one that go.mod would fetch
  v=${v#go}
  at_least "${v%%[!0-9.]*}" "$min_go" ||
    die "Go 太旧（$v）：请安装 Go $min_go 或更新版本后重试。" "Go is too old ($v): install Go $min_go or newer and try again."
  command -v node >/dev/null ||
    die "缺少 Node.js：请安装 Node.js $min_node 或更新版本（nodejs.org）后重试。" "Node.js is missing: install Node.js $min_node or newer (nodejs.org) and try again."
  v=$(node --version)
  v=${v#v}
  at_least "$v" "$min_node" ||
    die "Node.js 太旧（$v）：请安装 Node.js $min_node 或更新版本后重试。" "Node.js is too old ($v): install Node.js $min_node or newer and try again."
  command -v npm >/dev/null ||
    die "缺少 npm：请安装随 Node.js 提供的 npm 后重试。" "npm is missing: install the npm that comes with Node.js and try again."
}

window_packages=(gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev)
test_packages=(xvfb xdotool openbox procps util-linux x11-utils imagemagick fonts-noto-cjk dbus-x11 chromium-headless-shell)
windows_packages=(gcc-mingw-w64-x86-64)

# need_packages NAME…: installs the Debian packages that are missing.
need_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    need_by_hand
    return
  fi
  local p missing=()
  for p in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "缺少系统软件包，请以管理员身份运行：" "System packages are missing; as administrator run: apt-get install -y --no-install-recommends ${missing[*]}"
    sudo=(sudo)
  fi
  say "安装系统软件包 Installing system packages: ${missing[*]}"
  install() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >"$tmp/apt.log" 2>&1; }
  # The package lists are fetched only when the ones at hand do not do.
  install || { "${sudo[@]}" apt-get update -qq </dev/null >"$tmp/apt.log" 2>&1 && install; } || {
    tail -n 5 "$tmp/apt.log" >&2
    die "系统软件包没有装好，详情见 $tmp/apt.log。请联网后运行：" "The packages were not installed (see $tmp/apt.log). Once online, run: apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  }
}

# On a system without apt nothing is installed; what cannot be found is named.
need_by_hand() {
  command -v pkg-config >/dev/null && pkg-config --exists gtk+-3.0 webkit2gtk-4.1 && command -v gcc >/dev/null ||
    die "缺少 gcc、pkg-config、GTK 3 或 WebKitGTK 4.1 的开发文件，请用本系统的包管理器安装后重试。" "gcc, pkg-config or the development files of GTK 3 or WebKitGTK 4.1 are missing: install them with this system's package manager and try again."
}

# fast_temporary_files puts the tests' folders into memory where there is enough:
# they write many small databases, and wait for the disk each time. What is killed
# there is killed as anywhere; only a cut of power would be another matter. The
# folder is always the same: a test that passed with another is run again.
fast_temporary_files() {
  [ -z "${TMPDIR:-}" ] || return 0
  local dir free
  dir=/dev/shm/mingcha-$(id -u)
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print int($4 / 1048576)}')
  [ "${free:-0}" -ge 8 ] && [ "$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)" -ge 8 ] || return 0
  mkdir -m 700 "$dir" 2>/dev/null || { [ -d "$dir" ] && [ ! -L "$dir" ] && [ -O "$dir" ]; } || return 0
  find "$dir" -mindepth 1 -maxdepth 1 -mmin +600 -exec rm -rf {} + # of tests that were killed
  printf '#!/bin/sh\n' >"$dir/runs" && chmod 700 "$dir/runs"
  "$dir/runs" 2>/dev/null || return 0 # nothing may be run there
  export TMPDIR=$dir
}

# version is a tag, or the commit, with -dirty for a changed tree.
version() { git describe --tags --always --dirty 2>/dev/null || echo dev; }

# ldflags VERSION prints the console's.
ldflags() { printf -- '-s -w -X github.com/mingcha-console/mingcha/app/internal/version.Version=%s' "$1"; }
