// Package inflight bounds the sum of what is under way at once: not each body, each
// record, each answer alone, of which there can be many, but all of them together, and
// of each sender what one may take of it.
package inflight

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Bound is a weighted bound, in bytes. Whoever waits is served in the order of
// coming, so that many small ones do not keep a big one out for ever.
type Bound struct {
	sem  *semaphore.Weighted
	most int64
}

// New is a bound of so many bytes.
func New(most int64) *Bound { return &Bound{semaphore.NewWeighted(most), most} }

// Take waits until n bytes are free, or the context ends, which is the only error.
// What alone is more than the bound has all of it for itself. Give back what was
// taken by calling release once.
func (b *Bound) Take(ctx context.Context, n int64) (release func(), err error) {
	n = max(0, min(n, b.most))
	if err := b.sem.Acquire(ctx, n); err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { b.sem.Release(n) }), nil
}

// Shares bounds how many things are under way of each sender and of all together.
type Shares struct {
	each int
	all  *semaphore.Weighted // nil: no bound on all

	mu sync.Mutex
	by map[string]*share
}

// share is one sender's; it is forgotten when nothing of the sender is under way.
type share struct {
	slots chan struct{}
	users int // that hold a slot or wait for one
}

// NewShares bounds a sender to each at once, and all senders to all (0: no bound).
func NewShares(each, all int) *Shares {
	s := &Shares{each: each, by: map[string]*share{}}
	if all > 0 {
		s.all = semaphore.NewWeighted(int64(all))
	}
	return s
}

// Enter waits for a place of the sender's, then for one of all; the end of the context
// is the only error. Nobody waits for all while the sender's own places are taken: a
// crowd of one sender stands in its own way alone. Call release once.
func (s *Shares) Enter(ctx context.Context, sender string) (release func(), err error) {
	x := s.of(sender)
	select {
	case x.slots <- struct{}{}:
	case <-ctx.Done():
		s.leave(sender, x)
		return nil, ctx.Err()
	}
	if s.all != nil {
		if err := s.all.Acquire(ctx, 1); err != nil {
			<-x.slots
			s.leave(sender, x)
			return nil, err
		}
	}
	return s.release(sender, x), nil
}

// Try is Enter that does not wait: ok is false if all places are taken.
func (s *Shares) Try(sender string) (release func(), ok bool) {
	x := s.of(sender)
	select {
	case x.slots <- struct{}{}:
	default:
		s.leave(sender, x)
		return nil, false
	}
	if s.all != nil && !s.all.TryAcquire(1) {
		<-x.slots
		s.leave(sender, x)
		return nil, false
	}
	return s.release(sender, x), true
}

func (s *Shares) release(sender string, x *share) func() {
	return sync.OnceFunc(func() {
		if s.all != nil {
			s.all.Release(1)
		}
		<-x.slots
		s.leave(sender, x)
	})
}

func (s *Shares) of(sender string) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.by[sender]
	if x == nil {
		x = &share{slots: make(chan struct{}, s.each)}
		s.by[sender] = x
	}
	x.users++
	return x
}

func (s *Shares) leave(sender string, x *share) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.users--; x.users == 0 {
		delete(s.by, sender)
	}
}
