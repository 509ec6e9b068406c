package adapterhost

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// family is an adapter's process with all that descends from it. Where the
// system allows it has a numbering of processes of its own (a PID namespace):
// the kernel then ends all of it with its first process, and a process that left
// its group and its session is in it all the same. Elsewhere what has lost its
// parent comes to the console (as the "subreaper"), and is known by what no
// process can lay down: that it may gain no privileges.
type family struct {
	attr *syscall.SysProcAttr
	own  bool // it has a numbering of its own
	pid  int

	marked uint64 // its mark
}

// namespaces is false once the system has refused one.
var namespaces atomic.Bool

func init() { namespaces.Store(true) }

// startFamily starts a process by start, which is given its attributes. The kernel
// ends it when the calling thread ends, and with it when the console dies, however
// it dies. Where the system refuses the namespace, perhaps by its administrator's
// rules, it is started without, and so are all that come later.
func startFamily(start func(*syscall.SysProcAttr) (pid int, err error)) (*family, error) {
	if namespaces.Load() {
		f, err := startIn(true, start)
		if err == nil {
			return f, nil
		}
		if f, err = startIn(false, start); err == nil {
			namespaces.Store(false)
		}
		return f, err
	}
	return startIn(false, start)
}

func startIn(own bool, start func(*syscall.SysProcAttr) (pid int, err error)) (f *family, err error) {
	f = &family{own: own, attr: &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}}
	if own {
		f.attr.Cloneflags = unix.CLONE_NEWPID
		if os.Geteuid() != 0 { // who is not root needs a namespace of users for that
			f.attr.Cloneflags |= unix.CLONE_NEWUSER
		}
	} else {
		becomeSubreaper()
	}
	for range 20 { // a program that was just written is "busy" while another process is being started
		if f.pid, err = start(f.attr); !errors.Is(err, unix.ETXTBSY) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err != nil {
		return nil, err
	}
	var now unix.Rlimit // which the process was handed down
	_ = unix.Getrlimit(unix.RLIMIT_SIGPENDING, &now)
	f.marked = now.Max - min(now.Max/2, marked.Add(1)%1000)
	mains.Store(f.pid, f.marked)
	return f, nil
}

// mark sets the family's mark.
func (f *family) mark() {
	_ = unix.Prlimit(f.pid, unix.RLIMIT_SIGPENDING, &unix.Rlimit{Cur: f.marked, Max: f.marked}, nil)
}

// asMyself lets a process in a namespace of users have the number that it has
// outside. It is called from a thread that is not confined.
func (f *family) asMyself() {
	if f.attr.Cloneflags&unix.CLONE_NEWUSER == 0 {
		return
	}
	proc := filepath.Join("/proc", strconv.Itoa(f.pid))
	_ = os.WriteFile(filepath.Join(proc, "uid_map"), fmt.Appendf(nil, "%d %[1]d 1", os.Getuid()), 0)
	if os.WriteFile(filepath.Join(proc, "setgroups"), []byte("deny"), 0) == nil {
		_ = os.WriteFile(filepath.Join(proc, "gid_map"), fmt.Appendf(nil, "%d %[1]d 1", os.Getgid()), 0)
	}
}

var becomeSubreaper = sync.OnceFunc(func() { _ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) })

// mains are the adapters' first processes, which the console waits for itself,
// with their marks.
var mains sync.Map

// marked counts the marks. A mark is a limit that no other adapter has: a process
// hands it down to all that it starts, and can only lower it. What bears an
// unknown one is taken for any adapter's that ends.
var marked atomic.Uint64

// bound sets what each process of the family may use. Nobody of it can raise
// that again. It is called from a thread that is not confined.
func (f *family) bound(l Limits) {
	f.mark()
	set := func(what int, most uint64) {
		var now unix.Rlimit
		if unix.Prlimit(f.pid, what, nil, &now) == nil {
			most = min(most, now.Max)
			_ = unix.Prlimit(f.pid, what, &unix.Rlimit{Cur: most, Max: most}, nil)
		}
	}
	set(unix.RLIMIT_CORE, 0) // a core dump would hold what a department keeps secret
	set(unix.RLIMIT_NOFILE, uint64(l.Files))
	set(unix.RLIMIT_DATA, uint64(l.Memory))
	if f.attr.Cloneflags&unix.CLONE_NEWUSER != 0 { // counted in its own namespace; else with all that the user runs
		set(unix.RLIMIT_NPROC, uint64(l.Processes)*threadsEach)
	}
}

// threadsEach is how many threads a process may have on average: the kernel
// counts these.
const threadsEach = 32

// use is what the family uses now.
func (f *family) use() (processes int, memory int64) {
	all := f.members()
	for _, pid := range all {
		b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "statm"))
		if err != nil {
			continue
		}
		if fields := bytes.Fields(b); len(fields) > 2 {
			resident, _ := strconv.ParseInt(string(fields[1]), 10, 64)
			shared, _ := strconv.ParseInt(string(fields[2]), 10, 64)
			memory += (resident - shared) * int64(os.Getpagesize())
		}
	}
	return len(all), memory
}

// members are the first process and all below it; without a numbering of its
// own also those that have lost their parents.
func (f *family) members() []int {
	all := below([]int{f.pid})
	if f.own {
		return all
	}
	return append(all, below(f.strays())...)
}

// end ends all of it.
func (f *family) end() {
	for range 10 { // what is starting others while it is looked at is met the next time
		_ = syscall.Kill(-f.pid, syscall.SIGKILL)
		_ = syscall.Kill(f.pid, syscall.SIGKILL)
		if f.own {
			return
		}
		left := f.members()
		if len(left) <= 1 {
			return
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// gone is called once the first process has ended, before anybody else learns
// of it: what it left behind is ended and collected.
func (f *family) gone() {
	mains.Delete(f.pid)
	if f.own {
		return
	}
	_ = syscall.Kill(-f.pid, syscall.SIGKILL)
	for range 20 {
		left := f.strays()
		if len(left) == 0 {
			return
		}
		for _, pid := range below(left) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		time.Sleep(5 * time.Millisecond)
		for _, pid := range left {
			_, _ = syscall.Wait4(pid, nil, syscall.WNOHANG, nil)
		}
	}
}

// strays are the console's children that it did not start, that may gain no
// privileges, and that bear no other adapter's mark: they come from a process of
// this one that has started them and ended.
func (f *family) strays() (found []int) {
	marks := map[uint64]bool{}
	mains.Range(func(pid, mark any) bool {
		marks[mark.(uint64)] = pid.(int) != f.pid
		return true
	})
	for _, pid := range children(os.Getpid()) {
		if _, main := mains.Load(pid); main {
			continue
		}
		status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
		if err != nil || !strings.Contains(string(status), "\nNoNewPrivs:\t1\n") {
			continue
		}
		var now unix.Rlimit
		if unix.Prlimit(pid, unix.RLIMIT_SIGPENDING, nil, &now) != nil || !marks[now.Max] {
			found = append(found, pid)
		}
	}
	return found
}

// below are some processes with all that descends from them.
func below(pids []int) []int {
	all := append([]int{}, pids...)
	for i := 0; i < len(all) && len(all) < mostSeen; i++ {
		all = append(all, children(all[i])...)
	}
	return all
}

// mostSeen bounds the look at a family that grows while it is looked at.
const mostSeen = 4096

// children are a process's, of all its threads.
func children(pid int) (all []int) {
	lists, err := fs.Glob(os.DirFS("/proc"), strconv.Itoa(pid)+"/task/*/children")
	if err != nil {
		return nil
	}
	for _, list := range lists {
		b, err := os.ReadFile(filepath.Join("/proc", list))
		if err != nil {
			continue
		}
		for _, field := range strings.Fields(string(b)) {
			if child, err := strconv.Atoi(field); err == nil {
				all = append(all, child)
			}
		}
	}
	return all
}
