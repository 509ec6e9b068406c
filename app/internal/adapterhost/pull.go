package adapterhost

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"google.golang.org/grpc"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// source is one stream of one session.
type source struct {
	stream Stream
	// pull reads from the sink's cursor until the stream ends (nil) or, with
	// untilMark, until it has caught up.
	pull func(ctx context.Context, untilMark bool) error
}

// batch is what the five responses have in common.
type batch interface {
	GetCursor() []byte
	GetCaughtUp() bool
	GetTally() *adapterv1.SourceTally
}

type opener[Q, R any] func(context.Context, *Q, ...grpc.CallOption) (grpc.ServerStreamingClient[R], error)

// method is one method of the adapter joined to one of the sink.
type method[Q, R any, B interface {
	*R
	batch
}] struct {
	s       *session
	stream  Stream
	open    opener[Q, R]
	ask     func(cursor []byte) *Q
	deliver func(context.Context, string, B) error
	count   func(B) (records, unreadable int)
}

// newSource joins them. count says how many records a batch has, and how many
// of them are unreadable.
func newSource[Q, R any, B interface {
	*R
	batch
}](s *session, stream Stream, open opener[Q, R], ask func(cursor []byte) *Q,
	deliver func(context.Context, string, B) error, count func(B) (records, unreadable int)) source {
	m := &method[Q, R, B]{s, stream, open, ask, deliver, count}
	return source{stream, m.pull}
}

func (m *method[Q, R, B]) pull(ctx context.Context, untilMark bool) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cursor, err := m.s.sink.Cursor(ctx, m.s.spec.Name, m.stream)
	if err != nil {
		return notStored(err)
	}
	in, err := m.open(ctx, m.ask(cursor))
	if err != nil {
		return m.s.failure(ctx, m.stream, err)
	}
	silence := time.AfterFunc(m.s.timeouts.Idle, func() { cancel(errIdle) })
	defer silence.Stop()
	g := guard{cursor: cursor}
	for !untilMark || !g.marked {
		b, err := in.Recv()
		if errors.Is(err, io.EOF) {
			m.s.caughtUp(m.stream)
			return nil
		}
		if err != nil {
			return m.s.failure(ctx, m.stream, err)
		}
		silence.Stop() // the time the sink takes is not the adapter's
		if err := m.take(ctx, &g, b); err != nil {
			return err
		}
		if !g.marked { // silence is normal only after the mark
			silence.Reset(m.s.timeouts.Idle)
		}
	}
	return nil
}

// take hands a batch to the sink, if it tells it anything new.
func (m *method[Q, R, B]) take(ctx context.Context, g *guard, b B) error {
	records, unreadable := m.count(b)
	news, err := g.check(b, records)
	if err != nil {
		return err
	}
	if news {
		if err := m.deliver(ctx, m.s.spec.Name, b); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return notStored(err)
		}
		m.s.progress(m.stream, records, unreadable)
	}
	if b.GetCaughtUp() {
		m.s.watcher.tallied(m.stream, b.GetTally())
		m.s.caughtUp(m.stream)
		g.marked = true
	}
	return nil
}

var errIdle = errors.New("no batch came, nor the mark that it has caught up")

// sources are the streams that the adapter declares, in the order of first
// reading.
func (s *session) sources(d *adapterv1.DescribeResponse) (declared []source) {
	a := s.process.adapter
	for _, src := range []struct {
		needs adapterv1.Capability
		source
	}{
		{adapterv1.Capability_CAPABILITY_AUTHORIZATIONS, newSource(s, Authorizations, a.Authorizations,
			func(c []byte) *adapterv1.AuthorizationsRequest { return &adapterv1.AuthorizationsRequest{Cursor: c} },
			s.sink.Authorizations, func(b *adapterv1.AuthorizationsResponse) (int, int) { return count(b.Records) })},
		{adapterv1.Capability_CAPABILITY_REJECTIONS, newSource(s, Rejections, a.Rejections,
			func(c []byte) *adapterv1.RejectionsRequest { return &adapterv1.RejectionsRequest{Cursor: c} },
			s.sink.Rejections, func(b *adapterv1.RejectionsResponse) (int, int) { return count(b.Records) })},
		{adapterv1.Capability_CAPABILITY_OVERDUE, newSource(s, Overdue, a.Overdue,
			func(c []byte) *adapterv1.OverdueRequest { return &adapterv1.OverdueRequest{Cursor: c} },
			s.sink.Overdue, func(b *adapterv1.OverdueResponse) (int, int) { return count(b.Records) })},
		{adapterv1.Capability_CAPABILITY_EVENTS, newSource(s, Events, a.Events,
			func(c []byte) *adapterv1.EventsRequest { return &adapterv1.EventsRequest{Cursor: c} },
			s.sink.Events, func(b *adapterv1.EventsResponse) (int, int) { return count(b.Records) })},
		{adapterv1.Capability_CAPABILITY_RATINGS, newSource(s, Ratings, a.Ratings,
			func(c []byte) *adapterv1.RatingsRequest { return &adapterv1.RatingsRequest{Cursor: c} },
			s.sink.Ratings, func(b *adapterv1.RatingsResponse) (int, int) { return count(b.Records) })},
	} {
		if slices.Contains(d.Capabilities, src.needs) {
			declared = append(declared, src.source)
		}
	}
	return declared
}

func count[R interface{ GetUnreadable() *adapterv1.Unreadable }](records []R) (all, unreadable int) {
	for _, r := range records {
		if r.GetUnreadable() != nil {
			unreadable++
		}
	}
	return len(records), unreadable
}
