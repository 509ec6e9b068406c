package adapterhost

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/mingcha-console/mingcha/sdk"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// HashFile is the SHA-256 of a file, for Spec.SHA256.
func HashFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// process is a running adapter.
type process struct {
	client  *plugin.Client
	run     *processRunner
	adapter adapterv1.AdapterServiceClient
	health  grpc_health_v1.HealthClient
}

// launch starts an adapter. The clients are not go-plugin's "managed" ones: it
// would keep every client of an adapter that breaks down again and again for
// ever, and the operating system ends orphans more surely (see orphan_*.go).
func launch(ctx context.Context, spec *Spec, stateDir string, timeout time.Duration, log *logRing) (*process, error) {
	sum, err := HashFile(spec.Path)
	if err != nil {
		return nil, unreachableProgram(spec.Path, err)
	}
	if subtle.ConstantTimeCompare(sum, spec.SHA256) != 1 {
		return nil, refused(spec.Path, fmt.Errorf("the program's SHA-256 is %x, not %x", sum, spec.SHA256))
	}
	dir := filepath.Join(stateDir, spec.Name)
	temp := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return nil, notStored(err)
	}
	sockets, err := socketFolder()
	if err != nil {
		return nil, err
	}
	p := &process{run: newProcessRunner(spec.Path, dir, environment(spec, temp))}
	p.client = plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  sdk.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: sdk.PluginMap},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: sockets},
		StartTimeout:     timeout,
		GRPCDialOptions:  sdk.DialOptions(),
		Logger:           log.logger(),
		SyncStdout:       &lineWriter{ring: log, level: slog.LevelInfo},
		SyncStderr:       &lineWriter{ring: log, level: slog.LevelWarn},
		RunnerFunc:       p.run.prepare,
	})
	// go-plugin's calls take no context, and do not return from a process that
	// is stopped dead in the middle: ending the process ends them.
	overdue := time.AfterFunc(timeout, p.run.end)
	release := context.AfterFunc(ctx, p.run.end)
	defer overdue.Stop()
	defer release()
	if err := p.connect(); err != nil {
		p.stop()
		return nil, notStarted(err)
	}
	return p, nil
}

func (p *process) connect() error {
	protocol, err := p.client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense(sdk.PluginName)
	if err != nil {
		return err
	}
	p.adapter = raw.(adapterv1.AdapterServiceClient)
	conn, ok := protocol.(*plugin.GRPCClient)
	if !ok {
		return fmt.Errorf("the adapter speaks %T, not gRPC", protocol)
	}
	p.health = grpc_health_v1.NewHealthClient(conn.Conn)
	return nil
}

// ping asks whether the process is alive.
func (p *process) ping(ctx context.Context) error {
	_, err := p.health.Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: plugin.GRPCServiceName})
	return err
}

// graceful is how long an adapter may take to end by itself.
const graceful = 3 * time.Second

// stop ends the process, kindly at first, and returns when it is gone.
func (p *process) stop() {
	overdue := time.AfterFunc(graceful, p.run.end)
	p.client.Kill()
	overdue.Stop()
	p.run.end()
	<-p.run.gone
}

// processRunner is how go-plugin starts and ends the process. Unlike its own
// it hands down no environment and no standard input, ties the process to the
// console's life, and ends what the adapter has started as well.
type processRunner struct {
	path, dir string
	env       []string
	cmd       *exec.Cmd
	stdout    io.ReadCloser
	stderr    io.ReadCloser
	ending    atomic.Bool   // end was called
	started   chan struct{} // closed once cmd.Process is set
	gone      chan struct{} // closed once the process has ended, or was never started
}

func newProcessRunner(path, dir string, env []string) *processRunner {
	gone := make(chan struct{})
	close(gone)
	return &processRunner{path: path, dir: dir, env: env, started: make(chan struct{}), gone: gone}
}

func (r *processRunner) prepare(_ hclog.Logger, given *exec.Cmd, _ string) (runner.Runner, error) {
	r.cmd = &exec.Cmd{Path: r.path, Args: []string{r.path}, Dir: r.dir, Env: append(r.env, given.Env...), SysProcAttr: tied()}
	var err error
	if r.stdout, err = r.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if r.stderr, err = r.cmd.StderrPipe(); err != nil {
		return nil, err
	}
	return r, nil
}

// Start starts the process from an OS thread that lives as long as the process
// does: on Linux the process dies with the thread that started it, and Go ends
// threads when it likes.
func (r *processRunner) Start(context.Context) error {
	result := make(chan error, 1)
	gone := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := r.cmd.Start()
		if err == nil {
			if err = tie(r.cmd.Process.Pid); err != nil {
				err = errors.Join(err, r.cmd.Process.Kill(), r.cmd.Wait())
			}
		}
		if err != nil {
			result <- err
			return
		}
		r.gone = gone
		close(r.started)
		if r.ending.Load() { // it was given up before it had begun
			r.end()
		}
		result <- nil
		<-gone
	}()
	return <-result
}

func (r *processRunner) Wait(context.Context) error {
	defer close(r.gone)
	return r.cmd.Wait()
}

// end ends the process at once, or as soon as it has started.
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
		endTree(r.cmd.Process)
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
		return r.cmd.Process.Pid
	default:
		return 0
	}
}

// how says how the process has ended; "" while it runs.
func (r *processRunner) how() string {
	select {
	case <-r.gone:
		if r.cmd != nil && r.cmd.ProcessState != nil {
			return r.cmd.ProcessState.String()
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

func (r *processRunner) Name() string                    { return r.path }
func (r *processRunner) Stdout() io.ReadCloser           { return r.stdout }
func (r *processRunner) Stderr() io.ReadCloser           { return r.stderr }
func (r *processRunner) Diagnose(context.Context) string { return "" }

func (r *processRunner) PluginToHost(network, address string) (string, string, error) {
	return network, address, nil
}

func (r *processRunner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}
