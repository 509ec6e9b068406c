package adapterhost

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// supervised is an adapter through all its lives.
type supervised struct {
	host   *Host
	spec   Spec
	parent context.Context
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{} // closed when it runs no more
	log    *logRing

	mu     sync.Mutex
	status Status
	behind time.Time // since when it has not been caught up; zero = it is
	totals Totals
}

func newSupervised(ctx context.Context, h *Host, spec Spec, before *supervised) *supervised {
	a := &supervised{
		host: h, spec: spec, parent: ctx, done: make(chan struct{}),
		status: Status{Name: spec.Name, Path: spec.Path, State: Starting}, behind: time.Now(),
	}
	a.ctx, a.cancel = context.WithCancel(ctx)
	if before != nil {
		a.log = before.log
		a.log.setProcess(filepath.Base(spec.Path))
	} else {
		a.log = &logRing{forward: h.log.With("adapter", spec.Name), process: filepath.Base(spec.Path)}
	}
	return a
}

// once is the life of a one-time ingest.
func (a *supervised) once() (Totals, error) {
	defer close(a.done)
	defer a.cancel()
	err := a.live()
	var p *Problem
	if err != nil && a.ctx.Err() != nil {
		err = a.ctx.Err()
	} else if err != nil {
		if p = fromAdapter("", err); p.state == "" {
			p = p.then("排除原因后请再次执行，已读入的数据不会丢失或重复。", "Then run it again: what was read already is neither lost nor doubled.")
		}
		err = p
	}
	a.change(func(s *Status) { s.State, s.Problem = finalState(p), p })
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.totals, err
}

// finalState is that of an adapter that runs no more.
func finalState(p *Problem) State {
	switch {
	case p == nil:
		return Stopped
	case p.state != "":
		return p.state
	}
	return Failed
}

// supervise starts the adapter again after every breakdown that may pass.
func (a *supervised) supervise() {
	defer close(a.done)
	defer a.cancel()
	pause := a.host.options.Timeouts.BackoffMin
	for {
		began := time.Now()
		err := a.live()
		if a.ctx.Err() != nil {
			a.change(func(s *Status) { s.State = Stopped })
			return
		}
		p := fromAdapter("", err)
		if p.state != "" {
			a.log.keep(slog.LevelError, p.ZH+" "+p.EN)
			a.change(func(s *Status) { s.State, s.Problem = p.state, p })
			a.host.log.With("adapter", a.spec.Name).Error("adapter stopped", p.forLog()...)
			return
		}
		if time.Since(began) >= a.host.options.Timeouts.Healthy {
			pause = a.host.options.Timeouts.BackoffMin
		}
		// Half of it by chance, so that adapters of one broken database do not
		// all come back in the same instant.
		wait := pause/2 + rand.N(pause/2+1)
		pause = min(2*pause, a.host.options.Timeouts.BackoffMax)
		a.log.keep(slog.LevelWarn, p.ZH+" "+p.EN)
		a.host.log.With("adapter", a.spec.Name).Warn("adapter broke down", append(p.forLog(), "again_in", wait)...)
		a.change(func(s *Status) {
			s.State, s.NextStartAt = BackingOff, time.Now().UTC().Add(wait)
			s.Problem = p.then("系统将自动重新启动数据接口。", "The adapter is started again by itself.")
		})
		timer := time.NewTimer(wait)
		select {
		case <-a.ctx.Done():
			timer.Stop()
			a.change(func(s *Status) { s.State, s.NextStartAt = Stopped, time.Time{} })
			return
		case <-timer.C:
		}
		a.change(func(s *Status) { s.State, s.NextStartAt, s.Restarts = Starting, time.Time{}, s.Restarts+1 })
	}
}

// live is one life of the process.
func (a *supervised) live() error {
	s := &session{spec: &a.spec, sink: a.host.sink, options: &a.host.options, timeouts: a.host.options.Timeouts, watcher: a}
	err := s.run(a.ctx, a.log)
	a.log.sayMissed()
	a.mu.Lock()
	a.status.PID = 0
	a.fallBehind()
	a.mu.Unlock()
	return err
}

// fallBehind is called with the lock held.
func (a *supervised) fallBehind() {
	a.status.CaughtUp = false
	for i := range a.status.Streams {
		a.status.Streams[i].CaughtUp = false
	}
	if a.behind.IsZero() {
		a.behind = time.Now()
	}
}

// change alters the status and tells the console.
func (a *supervised) change(f func(*Status)) {
	a.mu.Lock()
	f(&a.status)
	a.mu.Unlock()
	if tell := a.host.options.OnChange; tell != nil {
		a.host.notify.Lock()
		defer a.host.notify.Unlock()
		tell(a.snapshot())
	}
}

func (a *supervised) snapshot() Status {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.status
	s.Departments = slices.Clone(s.Departments)
	s.Streams = slices.Clone(s.Streams)
	if !a.behind.IsZero() {
		s.Lag = time.Since(a.behind)
	}
	return s
}

func (a *supervised) launched(pid int) {
	a.change(func(s *Status) { s.PID, s.StartedAt = pid, time.Now().UTC() })
}

func (a *supervised) described(d *adapterv1.DescribeResponse, departments []*adapterv1.Department, streams []Stream) {
	a.change(func(s *Status) {
		s.State = CatchingUp
		s.AdapterName, s.Version, s.Title, s.TitleEN = d.Name, d.Version, d.Title, d.TitleEn
		s.Departments = s.Departments[:0:0]
		for _, department := range departments {
			s.Departments = append(s.Departments, department.GetCode())
		}
		for _, stream := range streams {
			if a.stream(stream) == nil {
				s.Streams = append(s.Streams, StreamStatus{Stream: stream})
			}
		}
	})
}

// stream is called with the lock held.
func (a *supervised) stream(name Stream) *StreamStatus {
	for i := range a.status.Streams {
		if a.status.Streams[i].Stream == name {
			return &a.status.Streams[i]
		}
	}
	return nil
}

func (a *supervised) progress(stream Stream, records, unreadable int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now().UTC()
	a.status.LastBatchAt = now
	if s := a.stream(stream); s != nil {
		s.LastBatchAt = now
		s.Records += int64(records)
	}
	*a.totals.of(stream) += int64(records)
	a.totals.Unreadable += int64(unreadable)
}

func (a *supervised) tallied(stream Stream, t *adapterv1.SourceTally) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t != nil {
		if a.totals.Sources == nil {
			a.totals.Sources = map[Stream]*adapterv1.SourceTally{}
		}
		a.totals.Sources[stream] = t
	}
}

// warned keeps what an adapter says of its configuration: whoever runs it once
// reads it there, of one that runs it stands in its log.
func (a *supervised) warned(all []*adapterv1.FieldError) {
	a.mu.Lock()
	a.totals.Warnings = all
	a.mu.Unlock()
	if a.spec.Follow {
		for _, w := range all {
			a.log.add(slog.LevelWarn, w.GetMessageZh()+" "+w.GetMessageEn())
		}
	}
}

func (t *Totals) of(s Stream) *int64 {
	switch s {
	case Authorizations:
		return &t.Authorizations
	case Rejections:
		return &t.Rejections
	case Overdue:
		return &t.Overdue
	case Ratings:
		return &t.Ratings
	}
	return &t.Events
}

func (a *supervised) caughtUp(stream Stream) {
	a.mu.Lock()
	all := true
	for i := range a.status.Streams {
		s := &a.status.Streams[i]
		s.CaughtUp = s.CaughtUp || s.Stream == stream
		all = all && s.CaughtUp
	}
	news := all && !a.status.CaughtUp
	a.mu.Unlock()
	if news {
		a.change(func(s *Status) {
			s.State, s.CaughtUp, s.Problem = Live, true, nil
			a.behind = time.Time{}
		})
	}
}

func unavailable(err error) bool {
	return status.Code(err) == codes.Unavailable
}
