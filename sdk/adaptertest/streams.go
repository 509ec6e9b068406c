package adaptertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	sampled = 50   // cursors from which a stream is resumed
	compare = 5000 // records of a tail that are compared; a long log's last tail is read whole
)

// stream holds one stream to the contract.
func (r *run) stream(ctx context.Context, s source) error {
	first, err := r.fresh(ctx, s, nil, true, 0)
	if err != nil {
		return err
	}
	if !r.caughtUp(s, "from the beginning", first) {
		return nil
	}
	r.records(s, first)
	again, err := r.fresh(ctx, s, nil, false, 0)
	if err != nil {
		return err
	}
	if r.caughtUp(s, "a second time from the beginning", again) {
		if i, same := prefix(first.records, again.records); !same {
			r.fault("same twice", "%s: record %d of the second reading is not that of the first (%s)", s.name, i+1, differ(first.records, again.records, i))
		}
	}
	if err := r.resume(ctx, s, first); err != nil {
		return err
	}
	if err := r.unknownCursor(ctx, s); err != nil {
		return err
	}
	return r.cancel(ctx, s)
}

// fresh reads a stream of an adapter that was just started.
func (r *run) fresh(ctx context.Context, s source, cursor []byte, alone bool, limit int) (reading, error) {
	c, err := r.connect(ctx, false)
	if err != nil {
		return reading{}, err
	}
	defer c.stop(0)
	return r.read(ctx, c, s, cursor, alone, limit), ctx.Err()
}

func (r *run) caughtUp(s source, from string, got reading) bool {
	switch {
	case errors.Is(got.err, errQuiet):
		r.fault("caught up", "%s, %s: after %d records %v (%v)", s.name, from, len(got.records), errQuiet, r.Quiet)
	case got.err != nil:
		r.fault("caught up", "%s, %s: after %d records it failed: %v", s.name, from, len(got.records), got.err)
	case !got.marked && !got.stopped:
		r.fault("caught up", "%s, %s: it ended after %d records without saying that it has caught up", s.name, from, len(got.records))
	case got.marked && len(got.mark.cursor) == 0 && len(got.records) > 0:
		r.fault("caught up", "%s, %s: the mark has no cursor", s.name, from)
	default:
		return true
	}
	return false
}

func (r *run) records(s source, got reading) {
	known := map[string]bool{}
	for _, d := range r.catalogue.Departments {
		known[d.Code] = true
	}
	seen := map[string]uint64{}
	for i, rec := range got.records {
		for _, f := range rec.faults {
			r.fault("records", "%s: record %d: %s", s.name, i+1, f)
		}
		if rec.id == "" {
			continue
		}
		if department, _, _ := bytes.Cut([]byte(rec.id), []byte("/")); !known[string(department)] {
			r.fault("records", "%s: record %d is of department %q, which is not in the catalogue", s.name, i+1, department)
		}
		if sum, twice := seen[rec.id]; twice && (!s.repeats || sum == rec.sum) {
			r.fault("records", "%s: record %d has the source id of an earlier one: %q", s.name, i+1, rec.id)
		}
		seen[rec.id] = rec.sum
	}
	for i, p := range got.positions {
		if i > 0 && bytes.Equal(p.cursor, got.positions[i-1].cursor) {
			r.fault("records", "%s: the cursor after record %d is that before it", s.name, p.before)
		}
	}
}

// resume starts the adapter anew at cursors of the first reading. The source
// may have grown since, so more records at the end are no fault.
func (r *run) resume(ctx context.Context, s source, first reading) error {
	at := spread(append(first.positions, first.mark), sampled)
	for i, p := range at {
		limit := compare
		if i == 0 {
			limit = 0 // the longest tail, whole
		}
		c, err := r.connect(ctx, false)
		if err != nil {
			return err
		}
		got := r.read(ctx, c, s, p.cursor, false, limit)
		c.stop(0)
		if err := ctx.Err(); err != nil {
			return err
		}
		from := fmt.Sprintf("from the cursor after record %d", p.before)
		if !r.caughtUp(s, from, got) {
			continue
		}
		tail := first.records[p.before:]
		if got.stopped {
			tail = tail[:min(len(tail), len(got.records))]
		}
		if k, same := prefix(tail, got.records); !same {
			why := ""
			if _, all := prefix(first.records[:min(len(first.records), len(got.records))], got.records); all && len(got.records) > 0 && p.before > 0 {
				why = "; it starts from the beginning, as if there were no cursor"
			}
			r.fault("resume", "%s, %s: record %d is not the one that follows (%s)%s", s.name, from, k+1, differ(tail, got.records, k), why)
		}
	}
	return nil
}

// spread picks at most n elements, the first and the last among them.
func spread(all []position, n int) []position {
	if len(all) <= n {
		return all
	}
	out := make([]position, n)
	for i := range out {
		out[i] = all[i*(len(all)-1)/(n-1)]
	}
	return out
}

// prefix says whether want is the beginning of got, or where it is not.
func prefix(want, got []record) (at int, same bool) {
	for i := range want {
		if i >= len(got) || want[i].sum != got[i].sum {
			return i, false
		}
	}
	return len(want), true
}

func differ(want, got []record, at int) string {
	if at >= len(got) {
		return fmt.Sprintf("want %q, the stream ends", want[at].id)
	}
	if want[at].id == got[at].id {
		return fmt.Sprintf("%q has another content", want[at].id)
	}
	return fmt.Sprintf("want %q, got %q", want[at].id, got[at].id)
}

// unknownCursor gives a cursor from elsewhere. Records from the beginning, say,
// would be counted twice.
func (r *run) unknownCursor(ctx context.Context, s source) error {
	got, err := r.fresh(ctx, s, []byte("\x00from elsewhere\xff"), false, compare)
	if err != nil {
		return err
	}
	if c := status.Code(got.err); c != codes.FailedPrecondition && c != codes.InvalidArgument {
		r.fault("unknown cursor", "%s: a cursor that it never sent is answered with %d records and the error %v, not with sdk.ErrUnknownCursor", s.name, len(got.records), got.err)
	}
	return nil
}

// cancel ends a call that follows the source, after its first batch.
func (r *run) cancel(ctx context.Context, s source) error {
	c, err := r.connect(ctx, true)
	if err != nil {
		return err
	}
	r.read(ctx, c, s, nil, false, 1)
	if !c.stop(r.Prompt) {
		r.fault("cancel", "%s: the method has not returned %v after its context ended", s.name, r.Prompt)
	}
	return nil
}
