package intake

import (
	"context"
	"errors"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Introduce says where an adapter comes from, before it says anything itself.
func (in *Intake) Introduce(ctx context.Context, adapter string, s Source) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		p.sources[adapter] = s
		return nil
	}})
}

// Catalogue takes what an adapter said about itself, or refuses the whole of it
// with a fault: what cannot be, and what is another's.
func (in *Intake) Catalogue(ctx context.Context, adapter string, desc *pb.DescribeResponse, deps []*pb.Department, items []*pb.Item) error {
	var duties []string
	for _, c := range desc.GetCapabilities() {
		switch c {
		case pb.Capability_CAPABILITY_REJECTIONS:
			duties = append(duties, string(Rejections))
		case pb.Capability_CAPABILITY_OVERDUE:
			duties = append(duties, string(Overdue))
		case pb.Capability_CAPABILITY_AUTHORIZATIONS:
			duties = append(duties, string(Authorizations))
		}
	}
	err := bounded(deps, items)
	if err == nil {
		err = in.submit(ctx, &job{
			check: func(p *projector) error { return p.checkCatalogue(adapter, deps, items) },
			run:   func(p *projector) error { return p.admitCatalogue(adapter, duties, deps, items) },
		})
	}
	if b := (*breach)(nil); errors.As(err, &b) {
		return in.noteBreach(ctx, b)
	}
	return err
}

// Cursor reads where a stream of an adapter stands. A session of the stream
// begins with it: batches of an earlier one that still wait come before it.
func (in *Intake) Cursor(ctx context.Context, adapter string, stream Stream) (cursor []byte, err error) {
	from := origin{adapter, stream}
	in.mu.Lock()
	delete(in.flights, from)
	in.mu.Unlock()
	err = in.submit(ctx, &job{from: from, begins: true, run: func(p *projector) error {
		cursor, err = p.w.Cursor(adapter, string(stream))
		return err
	}})
	return cursor, err
}

// Events takes a batch of case events. It may return before they are durable;
// the next call reports how that went, and a batch with the caught-up mark
// waits for all before it.
func (in *Intake) Events(ctx context.Context, adapter string, b *pb.EventsResponse) error {
	release, err := in.weigh(ctx, b)
	if err != nil {
		return err
	}
	return in.batch(ctx, release, adapter, Events, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareEvent))
}

// Rejections takes a batch of negative-decision filings.
func (in *Intake) Rejections(ctx context.Context, adapter string, b *pb.RejectionsResponse) error {
	release, err := in.weigh(ctx, b)
	if err != nil {
		return err
	}
	return in.batch(ctx, release, adapter, Rejections, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareRejection))
}

// Overdue takes a batch of a department's own overdue reports.
func (in *Intake) Overdue(ctx context.Context, adapter string, b *pb.OverdueResponse) error {
	release, err := in.weigh(ctx, b)
	if err != nil {
		return err
	}
	return in.batch(ctx, release, adapter, Overdue, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareOverdue))
}

// Authorizations takes a batch of chief-representative authorizations.
func (in *Intake) Authorizations(ctx context.Context, adapter string, b *pb.AuthorizationsResponse) error {
	release, err := in.weigh(ctx, b)
	if err != nil {
		return err
	}
	return in.batch(ctx, release, adapter, Authorizations, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareAuthorization))
}

// Ratings takes a batch of what applicants thought of the service.
func (in *Intake) Ratings(ctx context.Context, adapter string, b *pb.RatingsResponse) error {
	release, err := in.weigh(ctx, b)
	if err != nil {
		return err
	}
	return in.batch(ctx, release, adapter, Ratings, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareRating))
}

func prepareAll[R any](records []R, now time.Time, prepare func(R, time.Time) prepared) []prepared {
	out := room(len(records))
	for i, r := range records {
		out[i] = prepare(r, now)
	}
	return out
}

// rooms are batches that were written and whose room is used again: a stream has two
// dozen under way all the time, of half a kilobyte a record.
var rooms sync.Pool

// mostRoom bounds the batches that are kept, in records; a usual one has 256.
const mostRoom = 1024

func room(records int) []prepared {
	if kept, _ := rooms.Get().(*[]prepared); kept != nil && cap(*kept) >= records {
		return (*kept)[:records]
	}
	return make([]prepared, records)
}

// giveBack lets go of what a batch holds, and keeps its room.
func giveBack(batch []prepared) {
	if cap(batch) == 0 || cap(batch) > mostRoom {
		return
	}
	clear(batch)
	rooms.Put(&batch)
}

func (in *Intake) batch(ctx context.Context, release func(), adapter string, stream Stream, cursor []byte, caughtUp bool, records []prepared) error {
	from := origin{adapter, stream}
	j := &job{from: from, records: records, cursor: cursor, caughtUp: caughtUp, release: release}
	in.mu.Lock()
	f := in.flights[from]
	if f == nil {
		f = &flight{}
		in.flights[from] = f
	}
	in.mu.Unlock()
	if err := in.enqueue(ctx, j); err != nil {
		release()
		return err
	}
	keep := flightBatches
	if caughtUp {
		keep = 0
	}
	return f.land(in, j, keep)
}

// Settled waits until every batch of an adapter that was handed over is
// committed, and reports the first that was not. A stream that broke off has
// nobody else to wait for its last ones.
func (in *Intake) Settled(adapter string) error {
	for _, stream := range []Stream{Authorizations, Rejections, Overdue, Events, Ratings} {
		in.mu.Lock()
		f := in.flights[origin{adapter, stream}]
		in.mu.Unlock()
		for f != nil && len(f.jobs) > 0 {
			first := f.jobs[0]
			f.jobs = f.jobs[1:]
			if err := in.wait(first); err != nil {
				return err
			}
		}
	}
	return nil
}

// batchesAtOnce bounds the bytes of all adapters' batches together that were received
// and are not written yet: most batches weigh some ten kilobytes, but a single record
// may have 16 MiB.
const batchesAtOnce = 48 << 20

// weigh waits until a batch may be taken in hand: it is decoded already, and is held in
// the journal's encoding besides until it is written.
func (in *Intake) weigh(ctx context.Context, b proto.Message) (release func(), err error) {
	return in.weights.Take(ctx, 2*int64(proto.Size(b)))
}

// flightBatches is how many batches of one stream may wait for their commit
// while the next is read. Reading and writing overlap so, and what waits shares
// a commit: the more cases one transaction takes, the fewer times it writes the
// pages that a big folder scatters them over. They are more than two transactions
// take, so that behind a full one waits another.
const flightBatches = 36

// flight is what is under way of one stream. Streams are read by one goroutine
// each.
type flight struct{ jobs []*job }

// land adds a job and waits until at most keep are under way.
func (f *flight) land(in *Intake, j *job, keep int) error {
	f.jobs = append(f.jobs, j)
	for len(f.jobs) > keep {
		first := f.jobs[0]
		f.jobs = f.jobs[1:]
		if err := in.wait(first); err != nil {
			return err
		}
	}
	return nil
}
