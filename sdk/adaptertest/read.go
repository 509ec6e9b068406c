package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/sdk"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/datetime"
)

// source is a stream whose kind of record no longer matters.
type source struct {
	name string
	open func(context.Context, adapterv1.AdapterServiceClient, []byte) (func() (*batch, error), error)
	// A changed authorization or rating is sent again under its source id.
	repeats bool
}

type batch struct {
	records  []record
	cursor   []byte
	caughtUp bool
}

// record keeps of a record what the checks need: long logs are compared by
// their sums.
type record struct {
	sum    uint64
	id     string // department/source_id; "" for an unreadable record
	faults []string
}

// declared are the streams that an adapter says it has.
func declared(d *adapterv1.DescribeResponse) []source {
	var all []source
	for _, c := range d.Capabilities {
		switch c {
		case adapterv1.Capability_CAPABILITY_EVENTS:
			all = append(all, source{name: "events", open: func(ctx context.Context, a adapterv1.AdapterServiceClient, cursor []byte) (func() (*batch, error), error) {
				in, err := a.Events(ctx, &adapterv1.EventsRequest{Cursor: cursor})
				return reader(in, err, (*adapterv1.EventsResponse).GetRecords)
			}})
		case adapterv1.Capability_CAPABILITY_REJECTIONS:
			all = append(all, source{name: "rejections", open: func(ctx context.Context, a adapterv1.AdapterServiceClient, cursor []byte) (func() (*batch, error), error) {
				in, err := a.Rejections(ctx, &adapterv1.RejectionsRequest{Cursor: cursor})
				return reader(in, err, (*adapterv1.RejectionsResponse).GetRecords)
			}})
		case adapterv1.Capability_CAPABILITY_OVERDUE:
			all = append(all, source{name: "overdue", open: func(ctx context.Context, a adapterv1.AdapterServiceClient, cursor []byte) (func() (*batch, error), error) {
				in, err := a.Overdue(ctx, &adapterv1.OverdueRequest{Cursor: cursor})
				return reader(in, err, (*adapterv1.OverdueResponse).GetRecords)
			}})
		case adapterv1.Capability_CAPABILITY_AUTHORIZATIONS:
			all = append(all, source{name: "authorizations", repeats: true, open: func(ctx context.Context, a adapterv1.AdapterServiceClient, cursor []byte) (func() (*batch, error), error) {
				in, err := a.Authorizations(ctx, &adapterv1.AuthorizationsRequest{Cursor: cursor})
				return reader(in, err, (*adapterv1.AuthorizationsResponse).GetRecords)
			}})
		case adapterv1.Capability_CAPABILITY_RATINGS:
			all = append(all, source{name: "ratings", repeats: true, open: func(ctx context.Context, a adapterv1.AdapterServiceClient, cursor []byte) (func() (*batch, error), error) {
				in, err := a.Ratings(ctx, &adapterv1.RatingsRequest{Cursor: cursor})
				return reader(in, err, (*adapterv1.RatingsResponse).GetRecords)
			}})
		}
	}
	return all
}

func reader[R any, B interface {
	*R
	GetCursor() []byte
	GetCaughtUp() bool
}, E interface {
	proto.Message
	GetUnreadable() *adapterv1.Unreadable
}](in grpc.ServerStreamingClient[R], err error, records func(B) []E) (func() (*batch, error), error) {
	if err != nil {
		return nil, err
	}
	return func() (*batch, error) {
		received, err := in.Recv()
		if err != nil {
			return nil, err
		}
		b := B(received)
		out := &batch{cursor: b.GetCursor(), caughtUp: b.GetCaughtUp()}
		for _, e := range records(b) {
			out.records = append(out.records, examine(e))
		}
		return out, nil
	}, nil
}

var seed = maphash.MakeSeed()

func examine(m interface {
	proto.Message
	GetUnreadable() *adapterv1.Unreadable
}) record {
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil { // it came over the wire, so it can be written again
		return record{faults: []string{err.Error()}}
	}
	r := record{sum: maphash.Bytes(seed, raw)}
	if u := m.GetUnreadable(); u != nil {
		if u.ReasonZh == "" || u.ReasonEn == "" {
			r.faults = append(r.faults, fmt.Sprintf("the unreadable record %q lacks a reason", u.SourceId))
		}
		return r
	}
	switch e := m.(type) {
	case *adapterv1.EventRecord:
		v := e.GetEvent()
		r.id = v.GetDepartment() + "/" + v.GetSourceId()
		r.need(v.GetSourceId() != "", "a source id")
		r.need(v.GetDepartment() != "", "a department")
		r.need(v.GetCaseNo() != "", "a case number")
		r.need(v.GetItemCode() != "", "an item code")
		r.need(v.GetKind() != 0, "a kind")
		r.need(dated(v.GetOccurredAt()), "a time (occurred_at)")
	case *adapterv1.RejectionRecord:
		v := e.GetRejection()
		r.id = v.GetDepartment() + "/" + v.GetSourceId()
		r.need(v.GetSourceId() != "", "a source id")
	case *adapterv1.OverdueRecord:
		v := e.GetOverdue()
		r.id = v.GetDepartment() + "/" + v.GetSourceId()
		r.need(v.GetSourceId() != "", "a source id")
		r.need(v.GetCaseNo() != "", "a case number")
	case *adapterv1.AuthorizationRecord:
		v := e.GetAuthorization()
		r.id = v.GetDepartment() + "/" + v.GetSourceId()
		r.need(v.GetSourceId() != "", "a source id")
	case *adapterv1.RatingRecord:
		v := e.GetRating()
		r.id = v.GetDepartment() + "/" + v.GetSourceId()
		r.need(v.GetSourceId() != "", "a source id")
		r.need(v.GetLevel() != 0, "a level")
		r.need(dated(v.GetRatedAt()), "a time (rated_at)")
	}
	return r
}

// dated tells of a time that it is one: second 0 and the year 1 are what an adapter sends
// where its source has none.
func dated(t *timestamppb.Timestamp) bool {
	return t.IsValid() && !datetime.IsNone(t.AsTime(), nil)
}

func (r *record) need(there bool, what string) {
	if !there {
		r.faults = append(r.faults, fmt.Sprintf("the record %q lacks %s", r.id, what))
	}
}

// position is a cursor and how many records lie before it.
type position struct {
	cursor []byte
	before int
}

// reading is what one call of a stream gave.
type reading struct {
	records   []record
	positions []position
	marked    bool     // the caught-up mark came
	mark      position // its cursor
	stopped   bool     // limit was reached
	err       error
}

var errQuiet = errors.New("nothing came for long, nor the mark that it has caught up")

// read calls a stream until its mark, its end, an error or limit records (0 =
// no limit).
func (r *run) read(ctx context.Context, c *connection, s source, cursor []byte, alone bool, limit int) reading {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if alone {
		ctx = metadata.AppendToOutgoingContext(ctx, sdk.EachRecordAlone, "1")
	}
	quiet := time.AfterFunc(r.Quiet, func() { cancel(errQuiet) })
	defer quiet.Stop()
	var got reading
	next, err := s.open(ctx, c.client, cursor)
	for err == nil {
		var b *batch
		if b, err = next(); err != nil {
			break
		}
		if len(b.records) > 0 {
			quiet.Reset(r.Quiet)
			got.records = append(got.records, b.records...)
			got.positions = append(got.positions, position{b.cursor, len(got.records)})
		}
		if b.caughtUp {
			got.marked, got.mark = true, position{b.cursor, len(got.records)}
			return got
		}
		if limit > 0 && len(got.records) >= limit {
			got.stopped = true
			return got
		}
	}
	if !errors.Is(err, io.EOF) {
		got.err = err
		if errors.Is(context.Cause(ctx), errQuiet) {
			got.err = errQuiet
		}
	}
	return got
}
