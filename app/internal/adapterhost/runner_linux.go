package adapterhost

import (
	"os"
	"os/exec"
	"syscall"
)

// start runs the copy that was summed up, whatever lies at the path by now.
func (r *processRunner) start(attr *syscall.SysProcAttr) (pid int, err error) {
	r.cmd = &exec.Cmd{Path: programPath, Args: []string{r.path}, Dir: r.dir, Env: r.env, SysProcAttr: attr,
		ExtraFiles: []*os.File{r.program}, Stdout: r.theirs[0], Stderr: r.theirs[1]}
	if err := r.cmd.Start(); err != nil {
		return 0, err
	}
	return r.cmd.Process.Pid, nil
}

func onFirstThread() bool { return syscall.Gettid() == os.Getpid() }
