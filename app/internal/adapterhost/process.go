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
	"path/filepath"
	"time"

	"github.com/hashicorp/go-plugin"
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
func launch(ctx context.Context, spec *Spec, o *Options, log *logRing) (*process, error) {
	dir := filepath.Join(o.StateDir, spec.Name)
	temp := filepath.Join(dir, "tmp")
	// What an earlier life left there is nobody's any more.
	if err := errors.Join(os.RemoveAll(temp), os.MkdirAll(temp, 0o700)); err != nil {
		return nil, notStored(err)
	}
	program, sum, err := openProgram(spec.Path, o.StateDir)
	if err != nil {
		return nil, unreachableProgram(spec.Path, err)
	}
	if subtle.ConstantTimeCompare(sum, spec.SHA256) != 1 {
		program.Close()
		return nil, refused(spec.Path, fmt.Errorf("the program's SHA-256 is %x, not %x", sum, spec.SHA256))
	}
	sockets, err := o.sockets.folder(spec.Name)
	if err != nil {
		program.Close()
		if p := (*Problem)(nil); errors.As(err, &p) {
			return nil, p
		}
		return nil, notStored(err)
	}
	reach := reachOf(spec)
	for _, path := range reach.closed {
		log.add(slog.LevelWarn, "not opened to the adapter, since it is the console's own, or holds what is not the adapter's: "+path)
	}
	held, err := confine(program, []string{dir, sockets}, reach)
	if err != nil {
		program.Close()
		return nil, notStarted(err)
	}
	defer held.close()
	timeout := o.Timeouts.Start
	p := &process{run: newProcessRunner(spec.Path, dir, environment(spec, temp), o.Limits)}
	p.run.program, p.run.held = program, held
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

const (
	// graceful is how long an adapter may take to end by itself.
	graceful = 3 * time.Second
	// settled is how long the system may take to end a process that was killed;
	// one that hangs in a broken disk or network drive may never go.
	settled = 3 * time.Second
)

// stop ends the process, kindly at first, and returns when it is gone, or when
// the system does not let it go.
func (p *process) stop() {
	kindly := make(chan struct{})
	go func() {
		defer close(kindly)
		p.client.Kill()
	}()
	if !comes(kindly, graceful) {
		p.run.end()
		comes(kindly, settled)
	}
	p.run.end()
	comes(p.run.gone, settled)
}

// comes waits for something that may never come.
func comes(done <-chan struct{}, most time.Duration) bool {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
