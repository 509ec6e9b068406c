//go:build !linux

package desktop

// endPages has nothing to do: Windows ends the web view's processes with the
// program's.
func endPages() {}
