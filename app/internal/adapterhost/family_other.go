//go:build !linux && !windows

package adapterhost

import "syscall"

// family is an adapter's process with its group. On other systems what leaves
// the group outlives it, and an adapter a console that is killed: the console is
// released for Linux and Windows, others serve its developers.
type family struct{ pid int }

func startFamily(start func(*syscall.SysProcAttr) (pid int, err error)) (*family, error) {
	pid, err := start(&syscall.SysProcAttr{Setpgid: true})
	return &family{pid}, err
}

func (f *family) asMyself() {}

func (f *family) bound(Limits) {}

func (f *family) use() (processes int, memory int64) { return 1, 0 }

func (f *family) end() {
	_ = syscall.Kill(-f.pid, syscall.SIGKILL)
	_ = syscall.Kill(f.pid, syscall.SIGKILL)
}

func (f *family) gone() { _ = syscall.Kill(-f.pid, syscall.SIGKILL) }
