#!/usr/bin/env bash
# windows-resources.sh VERSION OUT.syso: the resources of mingcha.exe, from the
# icon and the manifest in build/windows.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
v=$1
# A resource's version is four numbers; a commit without a tag has none.
[[ ${v#v} =~ ^([0-9]+)\.([0-9]+)\.([0-9]+) ]] && numbers=${BASH_REMATCH[1]},${BASH_REMATCH[2]},${BASH_REMATCH[3]},0 || numbers=0,0,0,0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -e 's/{{\.Name}}/mingcha/' -e "s/{{\.Info\.ProductVersion}}\.0/${numbers//,/.}/" build/windows/wails.exe.manifest >"$work/manifest"
cp build/windows/icon.ico "$work/icon.ico"
# 3 is the icon that the window asks for, 1 and 24 are the system's numbers for
# a program's manifest, 0804 and 04b0 mean simplified Chinese in Unicode.
cat >"$work/mingcha.rc" <<RC
3 ICON "icon.ico"
1 24 "manifest"
1 VERSIONINFO
FILEVERSION $numbers
PRODUCTVERSION $numbers
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "080404b0"
    BEGIN
      VALUE "ProductName", "明察 Mingcha"
      VALUE "FileDescription", "明察 效能督察台"
      VALUE "ProductVersion", "$v"
      VALUE "OriginalFilename", "mingcha.exe"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x0804, 0x04b0
  END
END
RC
(cd "$work" && x86_64-w64-mingw32-windres --codepage=65001 -O coff mingcha.rc out.syso)
mv "$work/out.syso" "$2"
