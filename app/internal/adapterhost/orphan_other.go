//go:build !linux && !windows

package adapterhost

import (
	"os"
	"syscall"
)

// On other systems an adapter outlives a console that is killed; the console
// is released for Linux and Windows, others serve its developers.
func tied() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func tie(int) error { return nil }

func endTree(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL)
	_ = p.Kill()
}
