package adapterhost

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

const (
	// An adapter whose cursors are coarse may repeat one for some batches; one
	// that never moves would be read for ever.
	mostAtOneCursor = 64
	mostEmpty       = 1000 // batches without a record, in a second
	longestCursor   = 64 << 10
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
}

type opener[Q, R any] func(context.Context, *Q, ...grpc.CallOption) (grpc.ServerStreamingClient[R], error)

// newSource joins one method of the adapter to one of the sink. count says how
// many records a batch has, and how many of them are unreadable.
func newSource[Q, R any, B interface {
	*R
	batch
}](s *session, stream Stream, open opener[Q, R], ask func(cursor []byte) *Q,
	deliver func(context.Context, string, B) error, count func(B) (records, unreadable int)) source {
	return source{stream, func(ctx context.Context, untilMark bool) error {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		cursor, err := s.sink.Cursor(ctx, s.spec.Name, stream)
		if err != nil {
			return notStored(err)
		}
		in, err := open(ctx, ask(cursor))
		if err != nil {
			return s.failure(ctx, stream, err)
		}
		idle := time.AfterFunc(s.timeouts.Idle, func() { cancel(errIdle) })
		defer idle.Stop()
		g := guard{cursor: cursor}
		for {
			received, err := in.Recv()
			if errors.Is(err, io.EOF) {
				s.caughtUp(stream)
				return nil
			}
			if err != nil {
				return s.failure(ctx, stream, err)
			}
			idle.Stop() // the time the sink takes is not the adapter's
			b := B(received)
			records, unreadable := count(b)
			news, err := g.check(b, records)
			if err != nil {
				return err
			}
			if news {
				if err := deliver(ctx, s.spec.Name, b); err != nil {
					if ctx.Err() != nil {
						return ctx.Err()
					}
					return notStored(err)
				}
				s.progress(stream, records, unreadable)
			}
			if b.GetCaughtUp() {
				s.caughtUp(stream)
				if untilMark {
					return nil
				}
				g.marked = true
			}
			if !g.marked { // silence is normal only after the mark
				idle.Reset(s.timeouts.Idle)
			}
		}
	}}
}

var errIdle = errors.New("no batch came, nor the mark that it has caught up")

// guard holds a stream to the contract.
type guard struct {
	cursor []byte
	marked bool // it has caught up

	atOne      int // batches with records that did not move the cursor
	empty      int // batches without records in the present second
	second     time.Time
	toldCursor bool // the last batch had no records and the sink knows it
}

// check says whether a batch tells the sink anything new.
func (g *guard) check(b batch, records int) (news bool, err error) {
	cursor := b.GetCursor()
	switch {
	case len(cursor) > longestCursor:
		return false, broken(fmt.Sprintf("位置标记有 %d 字节，上限为 65536。", len(cursor)), fmt.Sprintf("a cursor has %d bytes, at most 65536 are allowed.", len(cursor)))
	case len(cursor) == 0 && records > 0:
		return false, broken("记录之后没有位置标记。", "records came without the cursor after them.")
	case len(cursor) == 0 && len(g.cursor) > 0:
		return false, broken("报告已读完，却没有位置标记。", "it says that it has caught up, but not where.")
	}
	same := bytes.Equal(cursor, g.cursor)
	if records > 0 {
		g.toldCursor, g.atOne = false, g.atOne+1
		if !same {
			g.atOne = 0
		}
		if g.atOne >= mostAtOneCursor {
			return false, broken("位置标记不前进，同样的数据反复送来。", "its cursor does not move while records keep coming.")
		}
		g.cursor = bytes.Clone(cursor)
		return true, nil
	}
	if now := time.Now(); now.Sub(g.second) > time.Second {
		g.second, g.empty = now, 0
	}
	if g.empty++; g.empty > mostEmpty {
		return false, broken("不停地送来没有记录的空批次。", "it floods the console with batches that have no records.")
	}
	news = !same || !g.toldCursor || b.GetCaughtUp() && !g.marked
	g.cursor, g.toldCursor = bytes.Clone(cursor), true
	return news, nil
}

// sources are the streams that the adapter declares, in the order of first
// reading.
func (s *session) sources(d *adapterv1.DescribeResponse) []source {
	declared := map[adapterv1.Capability]bool{}
	for _, c := range d.Capabilities {
		declared[c] = true
	}
	a := s.process.adapter
	var all []source
	if declared[adapterv1.Capability_CAPABILITY_AUTHORIZATIONS] {
		all = append(all, newSource(s, Authorizations, a.Authorizations,
			func(c []byte) *adapterv1.AuthorizationsRequest { return &adapterv1.AuthorizationsRequest{Cursor: c} },
			s.sink.Authorizations, func(b *adapterv1.AuthorizationsResponse) (int, int) { return count(b.Records) }))
	}
	if declared[adapterv1.Capability_CAPABILITY_REJECTIONS] {
		all = append(all, newSource(s, Rejections, a.Rejections,
			func(c []byte) *adapterv1.RejectionsRequest { return &adapterv1.RejectionsRequest{Cursor: c} },
			s.sink.Rejections, func(b *adapterv1.RejectionsResponse) (int, int) { return count(b.Records) }))
	}
	if declared[adapterv1.Capability_CAPABILITY_OVERDUE] {
		all = append(all, newSource(s, Overdue, a.Overdue,
			func(c []byte) *adapterv1.OverdueRequest { return &adapterv1.OverdueRequest{Cursor: c} },
			s.sink.Overdue, func(b *adapterv1.OverdueResponse) (int, int) { return count(b.Records) }))
	}
	if declared[adapterv1.Capability_CAPABILITY_EVENTS] {
		all = append(all, newSource(s, Events, a.Events,
			func(c []byte) *adapterv1.EventsRequest { return &adapterv1.EventsRequest{Cursor: c} },
			s.sink.Events, func(b *adapterv1.EventsResponse) (int, int) { return count(b.Records) }))
	}
	if declared[adapterv1.Capability_CAPABILITY_RATINGS] {
		all = append(all, newSource(s, Ratings, a.Ratings,
			func(c []byte) *adapterv1.RatingsRequest { return &adapterv1.RatingsRequest{Cursor: c} },
			s.sink.Ratings, func(b *adapterv1.RatingsResponse) (int, int) { return count(b.Records) }))
	}
	return all
}

func count[R interface{ GetUnreadable() *adapterv1.Unreadable }](records []R) (all, unreadable int) {
	for _, r := range records {
		if r.GetUnreadable() != nil {
			unreadable++
		}
	}
	return len(records), unreadable
}
