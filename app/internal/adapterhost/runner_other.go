//go:build !linux

package adapterhost

import (
	"os/exec"
	"syscall"
)

// start runs the program, which nobody can have exchanged since it was summed up.
func (r *processRunner) start(attr *syscall.SysProcAttr) (pid int, err error) {
	r.cmd = &exec.Cmd{Path: r.path, Args: []string{r.path}, Dir: r.dir, Env: r.env, SysProcAttr: attr, Stdout: r.theirs[0], Stderr: r.theirs[1]}
	if err := r.cmd.Start(); err != nil {
		return 0, err
	}
	return r.cmd.Process.Pid, nil
}

func onFirstThread() bool { return false }
