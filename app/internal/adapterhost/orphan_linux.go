package adapterhost

import (
	"os"
	"syscall"
)

// tied lets the kernel end the process when the console dies, however it dies,
// and puts it at the head of a group of its own.
func tied() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

func tie(int) error { return nil }

// endTree ends the process and what it has started.
func endTree(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL)
	_ = p.Kill()
}
