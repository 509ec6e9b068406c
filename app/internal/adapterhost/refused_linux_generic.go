//go:build linux && (arm64 || loong64 || riscv64)

package adapterhost

import (
	"runtime"

	"golang.org/x/sys/unix"
)

var machine = map[string]uint32{"arm64": unix.AUDIT_ARCH_AARCH64, "loong64": unix.AUDIT_ARCH_LOONGARCH64, "riscv64": unix.AUDIT_ARCH_RISCV64}[runtime.GOARCH]

// These kinds of machines have numbers of their own for programs of no other kind.
const foreignFrom uint32 = 0

// They have but the newer forms of the calls.
var refusedHere []uint32
