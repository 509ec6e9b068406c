//go:build !windows

package desktop

import "os/exec"

// showFolder opens the file manager on a folder.
func showFolder(dir string) error { return start(exec.Command("xdg-open", dir)) }
