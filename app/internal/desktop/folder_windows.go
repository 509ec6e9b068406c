package desktop

import "os/exec"

// showFolder opens the file manager on a folder. Explorer's exit status says
// nothing about success, so only a failure to start counts.
func showFolder(dir string) error { return start(exec.Command("explorer.exe", dir)) }
