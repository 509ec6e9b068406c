package desktop

import (
	"os/exec"
	"path/filepath"
)

// start runs a program that outlives the call, and collects it when it ends.
func start(c *exec.Cmd) error {
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait() //nolint:errcheck // what became of the file manager is its own affair
	return nil
}

// absolute is a path from the root, as a person can find it.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
