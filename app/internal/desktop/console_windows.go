package desktop

import (
	"os"

	"golang.org/x/sys/windows"
)

// On Windows the program is built for windows, so that no black box comes up
// with it, and such a program is given no console. Started from one, to ingest
// or to verify, it joins that console so that its words are seen. What was
// redirected to a file or a pipe stays so.
func init() {
	out, errs := usable(windows.STD_OUTPUT_HANDLE), usable(windows.STD_ERROR_HANDLE)
	if out && errs {
		return
	}
	const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	if joined, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(parent); joined == 0 {
		return // started from the desktop
	}
	screen, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return
	}
	// The handles are set too: the runtime writes a crash there.
	if !out {
		os.Stdout = screen
		windows.SetStdHandle(windows.STD_OUTPUT_HANDLE, windows.Handle(screen.Fd())) //nolint:errcheck // there is nobody to tell
	}
	if !errs {
		os.Stderr = screen
		windows.SetStdHandle(windows.STD_ERROR_HANDLE, windows.Handle(screen.Fd())) //nolint:errcheck // there is nobody to tell
	}
}

func usable(which uint32) bool {
	h, err := windows.GetStdHandle(which)
	if err != nil || h == 0 || h == windows.InvalidHandle {
		return false
	}
	kind, err := windows.GetFileType(h)
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
