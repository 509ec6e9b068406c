// Package intake is the one way into the console: it checks what adapters
// send, drops what it has already seen, appends the rest to the journal, folds
// the touched cases, judges them and moves the adapter's cursor, all in one
// transaction of one writer. What is not valid goes to quarantine and never
// stops the rest. Only what is committed is told to listeners.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Listener hears what was committed, in journal order. It must return at once.
type Listener func(head uint64, changes []store.Change)

// Options say how an Intake works.
type Options struct {
	Calendar *workday.Calendar // without the lists that the office imported
	Rules    rules.Settings
	Now      func() time.Time // the office clock
	AsOf     time.Time        // set for a one-time ingest: cases are judged for no later moment
	Listen   Listener         // may be nil
	Signer   *journal.Signer
	Logger   *slog.Logger
}

// Intake is the pipeline. Its methods may be called from many goroutines; one
// goroutine writes.
type Intake struct {
	opts Options
	p    *projector
	jobs chan *job
	quit chan struct{}
	done chan struct{}
	once sync.Once
	cal  atomic.Pointer[workday.Calendar]

	broken map[origin]bool // the writer's: a batch of the stream failed and it has not begun anew

	mu      sync.Mutex
	flights map[origin]*flight
}

// job is work for the writer's goroutine: a batch, or a function.
type job struct {
	from     origin
	records  []prepared
	cursor   []byte
	caughtUp bool
	run      func(*projector) error // instead of a batch
	begins   bool                   // a session of the stream begins here, at the committed cursor
	result   chan error
}

// groupRecords bounds how many records share one transaction. Batches that wait
// are taken together, since a commit waits for the disk.
const groupRecords = 4096

// tickEvery is how often time alone is looked at.
const tickEvery = time.Second

// errBehindFailed is told to batches behind one that failed.
var errBehindFailed = errors.New("intake: an earlier batch of the stream was not written")

// ErrClosed says that the console is shutting down.
var ErrClosed = errors.New("intake: closed")

// Start begins taking records into the store.
func Start(s *store.Store, o Options) (*Intake, error) {
	w := s.Writer()
	reg, err := loadRegistry(w)
	if err != nil {
		return nil, err
	}
	cal, err := Calendar(w, o.Calendar)
	if err != nil {
		return nil, err
	}
	in := &Intake{opts: o, jobs: make(chan *job, 64), quit: make(chan struct{}), done: make(chan struct{}),
		broken: map[origin]bool{}, flights: map[origin]*flight{},
		p: &projector{w: w, judge: rules.New(cal, o.Rules), reg: reg, hot: newHot(), asOf: o.AsOf}}
	in.cal.Store(cal)
	go in.loop()
	return in, nil
}

// Close waits for the running transaction and stops. Batches that wait are
// refused: their adapters send them again from the cursor.
func (in *Intake) Close() {
	in.once.Do(func() { close(in.quit) })
	<-in.done
}

func (in *Intake) loop() {
	defer close(in.done)
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		select {
		case <-in.quit:
			for {
				select {
				case j := <-in.jobs:
					j.result <- ErrClosed
				default:
					return
				}
			}
		case j := <-in.jobs:
			in.take(j)
		case <-tick.C:
			if err := in.tick(); err != nil {
				in.opts.Logger.Error("due times could not be written", "error", err)
			}
		}
	}
}

// take commits a job together with the batches that wait behind it.
func (in *Intake) take(first *job) {
	group, n := in.join(nil, first), len(first.records)
	for first.run == nil && n < groupRecords {
		select {
		case j := <-in.jobs:
			group = in.join(group, j)
			if n += len(j.records); j.run == nil {
				continue
			}
		default:
		}
		break
	}
	if len(group) == 0 {
		return
	}
	err := in.transaction(func(p *projector) error {
		for _, j := range group {
			if err := j.apply(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		in.opts.Logger.Error("a batch could not be written", "error", err)
	}
	for _, j := range group {
		if err != nil && j.run == nil {
			in.broken[j.from] = true
		}
		j.result <- err
	}
}

// join adds a job to the group, unless it is a batch behind one that failed:
// taking it would leave a gap before it.
func (in *Intake) join(group []*job, j *job) []*job {
	if j.run == nil && in.broken[j.from] {
		j.result <- errBehindFailed
		return group
	}
	if j.begins {
		delete(in.broken, j.from)
	}
	return append(group, j)
}

func (j *job) apply(p *projector) error {
	if j.run != nil {
		return j.run(p)
	}
	for i := range j.records {
		if err := p.admit(j.from, &j.records[i]); err != nil {
			return err
		}
	}
	return p.w.MoveCursor(j.from.adapter, string(j.from.stream), j.cursor, len(j.records), j.caughtUp, p.now)
}

// transaction runs f and settles what it touched: all of it is committed, or
// none, and listeners hear of it only afterwards.
func (in *Intake) transaction(f func(*projector) error) error {
	p := in.p
	p.now = in.opts.Now().UTC().Truncate(time.Microsecond)
	if err := p.w.Begin(); err != nil {
		return err
	}
	p.began = p.w.Head()
	err := f(p)
	if err == nil {
		err = p.settle()
	}
	if err == nil {
		err = p.finish()
	}
	if err == nil {
		err = p.w.Commit()
	}
	if err != nil {
		return errors.Join(err, p.w.Rollback(), p.forget())
	}
	if len(p.changes) > 0 && in.opts.Listen != nil {
		in.opts.Listen(p.w.Head(), p.changes)
		p.changes = nil // the listener's now
	}
	p.changes = p.changes[:0]
	p.hot.trim()
	return nil
}

// clockRecord is the journal's record of time passing: what fell due by then.
type clockRecord struct {
	At          time.Time `json:"at"`
	Departments []string  `json:"departments"`
}

// tick lets deadlines fire that passed without any event. With nothing due it
// looks at one number a department.
func (in *Intake) tick() error {
	p := in.p
	p.now = in.opts.Now().UTC().Truncate(time.Microsecond)
	for _, d := range p.reg.byID {
		if !d.live {
			continue
		}
		if due, err := p.due(d, p.moment(d)); err != nil {
			return err
		} else if due {
			return in.transaction(func(*projector) error { return nil })
		}
	}
	return nil
}

func (p *projector) appendClock(at time.Time, departments []string) error {
	body, err := json.Marshal(clockRecord{At: at, Departments: departments})
	if err != nil {
		return err
	}
	_, err = p.w.Append(journal.KindClock, 0, p.now, body, 0, fmt.Sprintf("clock-%d", p.w.Head()+1), 0)
	return err
}

// submit hands work to the writer and waits for its commit.
func (in *Intake) submit(ctx context.Context, j *job) error {
	if err := in.enqueue(ctx, j); err != nil {
		return err
	}
	return in.wait(j)
}

func (in *Intake) enqueue(ctx context.Context, j *job) error {
	j.result = make(chan error, 1)
	select {
	case in.jobs <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-in.quit:
		return ErrClosed
	}
}

func (in *Intake) wait(j *job) error {
	select {
	case err := <-j.result:
		return err
	case <-in.done:
		select {
		case err := <-j.result:
			return err
		default:
			return ErrClosed
		}
	}
}

// Catalogue takes what an adapter said about itself. Changed items have their
// cases judged anew.
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
	return in.submit(ctx, &job{run: func(p *projector) error {
		changed, err := p.admitCatalogue(adapter, duties, deps, items, p.now)
		if err != nil || len(changed) == 0 {
			return err
		}
		return p.touchItems(changed)
	}})
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
	return in.batch(ctx, adapter, Events, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareEvent))
}

// Rejections takes a batch of negative-decision filings.
func (in *Intake) Rejections(ctx context.Context, adapter string, b *pb.RejectionsResponse) error {
	return in.batch(ctx, adapter, Rejections, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareRejection))
}

// Overdue takes a batch of a department's own overdue reports.
func (in *Intake) Overdue(ctx context.Context, adapter string, b *pb.OverdueResponse) error {
	return in.batch(ctx, adapter, Overdue, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareOverdue))
}

// Authorizations takes a batch of chief-representative authorizations.
func (in *Intake) Authorizations(ctx context.Context, adapter string, b *pb.AuthorizationsResponse) error {
	return in.batch(ctx, adapter, Authorizations, b.Cursor, b.CaughtUp, prepareAll(b.Records, in.opts.Now(), prepareAuthorization))
}

func prepareAll[R any](records []R, now time.Time, prepare func(R, time.Time) prepared) []prepared {
	out := make([]prepared, len(records))
	for i, r := range records {
		out[i] = prepare(r, now)
	}
	return out
}

func (in *Intake) batch(ctx context.Context, adapter string, stream Stream, cursor []byte, caughtUp bool, records []prepared) error {
	from := origin{adapter, stream}
	j := &job{from: from, records: records, cursor: cursor, caughtUp: caughtUp}
	in.mu.Lock()
	f := in.flights[from]
	if f == nil {
		f = &flight{}
		in.flights[from] = f
	}
	in.mu.Unlock()
	if err := in.enqueue(ctx, j); err != nil {
		return err
	}
	keep := flightBatches
	if caughtUp {
		keep = 0
	}
	return f.land(in, j, keep)
}

// flightBatches is how many batches of one stream may wait for their commit
// while the next is read, so that reading and writing overlap.
const flightBatches = 8

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

// GoLive says that an adapter has caught up: from now on the office clock, not
// its own records, tells the time for its departments.
func (in *Intake) GoLive(ctx context.Context, adapter string, live bool) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		for _, d := range p.reg.byID {
			if d.row.Adapter == adapter {
				d.live = live
			}
		}
		return nil
	}})
}

// Judged brings every case of the adapter's departments up to a moment: what
// fell due by then is judged, and open cases show their figures as of then. It
// ends a one-time ingest.
func (in *Intake) Judged(ctx context.Context, adapter string, at time.Time) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		var all []*department
		var moved []string // for which the time moves; not so for an ingest that is run again
		for _, d := range p.reg.byID {
			if d.row.Adapter != adapter {
				continue
			}
			all = append(all, d)
			if m := at.UnixMicro(); m > d.row.JudgedAt {
				d.row.JudgedAt, d.dirty = m, true
				moved = append(moved, d.row.Code)
			}
		}
		if len(moved) > 0 {
			slices.Sort(moved)
			if err := p.appendClock(at, moved); err != nil {
				return err
			}
		}
		for _, d := range all {
			ids, err := p.w.OpenCases(d.row.ID)
			if err != nil {
				return err
			}
			if err := p.judgeAll(d, ids); err != nil {
				return err
			}
		}
		return nil
	}})
}

// judgeAll judges cases one after another without keeping them touched.
func (p *projector) judgeAll(d *department, ids []uint64) error {
	for _, id := range ids {
		e, err := p.findID(id)
		if err != nil {
			return err
		}
		if err := p.judgeCase(d, e, p.moment(d)); err != nil {
			return err
		}
	}
	return nil
}

// touchItems has every case of changed items judged anew.
func (p *projector) touchItems(changed []*item) error {
	for _, it := range changed {
		d := p.reg.byCode[it.item.Department]
		ids, err := p.w.CasesOfItem(it.id)
		if err != nil {
			return err
		}
		if err := p.judgeAll(d, ids); err != nil {
			return err
		}
	}
	return nil
}

// Checkpoint signs the journal as it stands.
func (in *Intake) Checkpoint(ctx context.Context) (cp journal.Checkpoint, err error) {
	err = in.submit(ctx, &job{run: func(p *projector) error {
		root, err := p.w.Tree().Root()
		if err != nil {
			return err
		}
		if cp, err = in.opts.Signer.Sign(p.w.Tree().Size(), root, p.now); err != nil {
			return err
		}
		return p.w.PutCheckpoint(cp)
	}})
	return cp, err
}
