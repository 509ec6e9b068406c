//go:build !linux

package adapterhost

// CloseMemory does nothing here: on Windows a process of the same user may open
// any other.
func CloseMemory() {}
