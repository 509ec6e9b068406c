package adapterhost

import (
	"cmp"
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Host runs adapters. It may be used by many goroutines.
type Host struct {
	sink    Sink
	options Options
	log     *slog.Logger

	notify sync.Mutex // one OnChange at a time

	mu       sync.Mutex
	closed   bool
	adapters map[string]*supervised
}

// New makes a host; Close ends it.
func New(sink Sink, o Options) *Host {
	o.Timeouts, o.Limits = o.Timeouts.withDefaults(), o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if dir, err := filepath.Abs(o.StateDir); err == nil {
		o.StateDir = dir
	}
	o.sockets = newSocketFolder(o.StateDir)
	if whole, _, en := Held(); !whole {
		o.Logger.Warn(en)
	}
	return &Host{sink: sink, options: o, log: o.Logger, adapters: map[string]*supervised{}}
}

// Start begins to follow an adapter and returns at once; Status tells how it
// goes. It runs until Stop, Close or the end of ctx. One that runs already is
// an error.
func (h *Host) Start(ctx context.Context, spec Spec) error {
	spec.Follow = true
	a, err := h.enter(ctx, spec)
	if err != nil {
		return err
	}
	go a.supervise()
	return nil
}

// RunOnce reads an adapter until each of its streams has caught up:
// authorizations, rejections, overdue reports, events, then ratings, one after
// the other, so that the journal's order is the same each time. Then it ends the
// process. Nothing is tried again; the error is a *Problem, or ctx's.
func (h *Host) RunOnce(ctx context.Context, spec Spec) (Totals, error) {
	spec.Follow = false
	a, err := h.enter(ctx, spec)
	if err != nil {
		return Totals{}, err
	}
	return a.once()
}

// enter takes an adapter into the host's list.
func (h *Host) enter(ctx context.Context, spec Spec) (*supervised, error) {
	if err := spec.check(); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, &Problem{ZH: "控制台正在关闭，不再启动数据接口。", EN: "The console is closing and starts no more adapters."}
	}
	if old := h.adapters[spec.Name]; old != nil {
		select {
		case <-old.done:
		default:
			return nil, &Problem{
				ZH: "数据接口“" + spec.Name + "”已在运行，如需重新读取请先停止它。",
				EN: "The adapter " + spec.Name + " is running already. Stop it first.",
			}
		}
	}
	a := newSupervised(ctx, h, spec, h.adapters[spec.Name])
	h.adapters[spec.Name] = a
	return a, nil
}

func (h *Host) find(name string) (*supervised, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a := h.adapters[name]; a != nil {
		return a, nil
	}
	return nil, &Problem{ZH: "没有名为“" + name + "”的数据接口。", EN: "There is no adapter called " + name + "."}
}

// longestStop bounds the end of an adapter, whatever it does.
const longestStop = graceful + 3*settled

// Stop ends an adapter and returns when its process is gone, at the latest after
// longestStop: then the error says so. One that does not run is left as it is.
func (h *Host) Stop(name string) error {
	a, err := h.find(name)
	if err != nil {
		return err
	}
	a.cancel()
	if !comes(a.done, longestStop) {
		return &Problem{
			ZH: "数据接口“" + name + "”还没有停下：系统没有放开它的进程。请稍候再看；仍不行请重启本机。",
			EN: "The adapter " + name + " has not stopped yet: the system does not let its process go. Look again in a while; if it stays, restart this machine.",
		}
	}
	return nil
}

// Restart ends an adapter and starts it again as it was, or starts one that
// has ended; the context that Start was given still bounds it.
func (h *Host) Restart(name string) error {
	if err := h.Stop(name); err != nil {
		return err
	}
	a, err := h.find(name)
	if err != nil {
		return err
	}
	return h.Start(a.parent, a.spec)
}

// Status is every adapter that was ever started, by name.
func (h *Host) Status() []Status {
	h.mu.Lock()
	all := make([]Status, 0, len(h.adapters))
	for _, a := range h.adapters {
		all = append(all, a.snapshot())
	}
	h.mu.Unlock()
	slices.SortFunc(all, func(a, b Status) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Logs are an adapter's last 500 lines, oldest first; they outlive restarts.
func (h *Host) Logs(name string) []LogLine {
	a, err := h.find(name)
	if err != nil {
		return nil
	}
	return a.log.all()
}

// Close ends every adapter and returns when all processes are gone, at the latest
// after longestStop.
func (h *Host) Close() {
	h.mu.Lock()
	h.closed = true
	all := make([]*supervised, 0, len(h.adapters))
	for _, a := range h.adapters {
		a.cancel()
		all = append(all, a)
	}
	h.mu.Unlock()
	end := time.Now().Add(longestStop)
	for _, a := range all {
		if !comes(a.done, time.Until(end)) {
			h.log.Error("an adapter could not be stopped; the system does not let its process go", "adapter", a.spec.Name)
		}
	}
	h.options.sockets.remove()
}
