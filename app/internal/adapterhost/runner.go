package adapterhost

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin/runner"
)

// processRunner is how go-plugin starts and ends the process. Unlike its own
// it hands down no environment and no standard input, holds the process to its
// reach and its limits, ties it to the console's life, ends what it has started
// as well, and waits for nobody's end of a pipe.
type processRunner struct {
	path, dir string
	program   *os.File // what is run
	held      *confinement
	limits    Limits
	env       []string

	cmd            *exec.Cmd
	family         *family
	stdout, stderr *os.File // our ends
	theirs         [2]*os.File
	ending         atomic.Bool   // end was called
	started        chan struct{} // closed once family is set
	gone           chan struct{} // closed once the process has ended, or was never started
	state          *os.ProcessState
}

func newProcessRunner(path, dir string, env []string, limits Limits) *processRunner {
	gone := make(chan struct{})
	close(gone)
	return &processRunner{path: path, dir: dir, env: env, limits: limits, started: make(chan struct{}), gone: gone}
}

func (r *processRunner) prepare(_ hclog.Logger, given *exec.Cmd, _ string) (_ runner.Runner, err error) {
	r.env = append(r.env, given.Env...)
	if r.stdout, r.theirs[0], err = os.Pipe(); err != nil {
		return nil, err
	}
	if r.stderr, r.theirs[1], err = os.Pipe(); err != nil {
		return nil, errors.Join(err, r.stdout.Close(), r.theirs[0].Close())
	}
	return r, nil
}

// Start starts the process from an OS thread that is confined as the process
// shall be, since a process is born with its thread's confinement; it lives as
// long as the process does, since on Linux the process dies with the thread that
// started it, and nothing else ever runs on it.
func (r *processRunner) Start(context.Context) error {
	result := make(chan error, 1)
	gone := make(chan struct{})
	onThreadOfItsOwn(func() {
		err := r.held.enter()
		if err == nil {
			r.family, err = startFamily(r.start)
		}
		if err != nil {
			result <- err
			return
		}
		r.gone = gone
		result <- nil
		<-gone
	})
	err := <-result
	r.theirs[0].Close()
	r.theirs[1].Close()
	if err != nil {
		r.closePipes()
		return err
	}
	r.family.asMyself()
	r.family.bound(r.limits)
	go r.await(gone)
	close(r.started)
	if r.ending.Load() { // it was given up before it had begun
		r.end()
	}
	return nil
}

// await collects the process, and closes our ends of its pipes even if somebody
// keeps theirs.
func (r *processRunner) await(gone chan struct{}) {
	r.state, _ = r.cmd.Process.Wait()
	r.family.gone()
	r.program.Close()
	close(gone)
	time.AfterFunc(lastWords, r.closePipes)
}

// lastWords is how long what a process wrote before its end may take to be read.
const lastWords = 300 * time.Millisecond

func (r *processRunner) closePipes() {
	r.stdout.Close()
	r.stderr.Close()
}

// onThreadOfItsOwn runs f on an OS thread that ends with it. The program's first
// thread cannot end, and is kept out of it.
func onThreadOfItsOwn(f func()) {
	go func() {
		runtime.LockOSThread() // for good
		if !onFirstThread() {
			f()
			return
		}
		elsewhere := make(chan struct{})
		go func() {
			runtime.LockOSThread()
			close(elsewhere)
			f()
		}()
		<-elsewhere
		runtime.UnlockOSThread()
	}()
}

// Wait returns when the process has ended.
func (r *processRunner) Wait(context.Context) error {
	<-r.gone
	if r.state != nil && !r.state.Success() {
		return &exec.ExitError{ProcessState: r.state}
	}
	return nil
}

// end ends the process and all that it has started, at once or as soon as it
// has started.
func (r *processRunner) end() {
	r.ending.Store(true)
	select {
	case <-r.started:
	default:
		return
	}
	select {
	case <-r.gone: // its number may be another process's by now
	default:
		r.family.end()
	}
}

func (r *processRunner) Kill(context.Context) error {
	r.end()
	return nil
}

// pid is 0 when there is no process.
func (r *processRunner) pid() int {
	select {
	case <-r.started:
		return r.family.pid
	default:
		return 0
	}
}

// use is how many processes there are and the bytes of memory that are theirs.
func (r *processRunner) use() (processes int, memory int64) {
	select {
	case <-r.gone:
		return 0, 0
	default:
		return r.family.use()
	}
}

// how says how the process has ended; "" while it runs.
func (r *processRunner) how() string {
	select {
	case <-r.gone:
		if r.state != nil {
			return r.state.String()
		}
	default:
	}
	return ""
}

// ID is empty when there is no process.
func (r *processRunner) ID() string {
	if pid := r.pid(); pid != 0 {
		return strconv.Itoa(pid)
	}
	return ""
}

func (r *processRunner) Name() string                    { return filepath.Clean(r.path) }
func (r *processRunner) Stdout() io.ReadCloser           { return r.stdout }
func (r *processRunner) Stderr() io.ReadCloser           { return r.stderr }
func (r *processRunner) Diagnose(context.Context) string { return "" }

func (r *processRunner) PluginToHost(network, address string) (string, string, error) {
	return network, address, nil
}

func (r *processRunner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}
