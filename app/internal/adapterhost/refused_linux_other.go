//go:build linux && !amd64 && !arm64 && !loong64 && !riscv64

package adapterhost

// Of this kind of machine no filter is known.
const machine, foreignFrom uint32 = 0, 0

var refusedHere []uint32
