// Package intake is the one way into the console: it checks what adapters
// send, drops what it has already seen, appends the rest to the journal, folds
// the touched cases, judges them and moves the adapter's cursor, all in one
// transaction of one writer. What is not valid goes to quarantine and never
// stops the rest. Only what is committed is told to listeners.
package intake

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/inflight"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Listener hears what was committed, in journal order. It must return at once, and
// copy what it keeps: the changes are the intake's again then.
type Listener func(head uint64, changes []store.Change)

// Options say how an Intake works.
type Options struct {
	Calendar *workday.Calendar // without the lists that the office imported
	Rules    rules.Settings
	Now      func() time.Time // the office clock
	AsOf     time.Time        // set for a one-time ingest: cases are judged for no later moment
	Listen   Listener         // may be nil
	Signer   *journal.Signer
	Acts     []Folder             // what people's acts become
	Reread   func(adapter string) // an adapter is to begin anew; may be nil, and must return at once
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
	left atomic.Int64 // cases to be judged anew

	notices atomic.Pointer[[]Notice]

	broken map[origin]bool // the writer's: a batch of the stream failed and it has not begun anew

	weights *inflight.Bound // of batches that were received and are not written yet

	mu      sync.Mutex
	flights map[origin]*flight
	tallies map[origin]Tally
}

// job is work for the writer's goroutine: a batch, or a function.
type job struct {
	from     origin
	records  []prepared
	cursor   []byte
	caughtUp bool
	tally    Tally                  // of its records, once they are admitted
	run      func(*projector) error // instead of a batch
	check    func(*projector) error // before run, outside the transaction; an error is the answer and no failure
	begins   bool                   // a session of the stream begins here, at the committed cursor
	release  func()                 // gives back what a batch weighs; nil: nothing
	result   chan error
}

// answer tells how a job went, and lets go of what it held: whoever waits for it may
// take its time.
func (j *job) answer(err error) {
	giveBack(j.records)
	j.records = nil
	if j.release != nil {
		j.release()
	}
	j.result <- err
}

// groupRecords bounds how many records share one transaction. Batches that wait
// are taken together, since a commit waits for the disk.
const groupRecords = 4096

// tickEvery is how often time alone is looked at.
const tickEvery = time.Second

// ErrBehindFailed is told to batches behind one that failed.
var ErrBehindFailed = errors.New("intake: an earlier batch of the stream was not written")

// ErrClosed says that the console is shutting down.
var ErrClosed = errors.New("intake: closed")

// Start begins taking records into the store.
func Start(s *store.Store, o Options) (*Intake, error) {
	w := s.Writer()
	reg, err := loadRegistry(w.Reader)
	if err != nil {
		return nil, err
	}
	cal, err := Calendar(w, o.Calendar)
	if err != nil {
		return nil, err
	}
	in := &Intake{opts: o, jobs: make(chan *job, 64), quit: make(chan struct{}), done: make(chan struct{}),
		broken: map[origin]bool{}, weights: inflight.New(batchesAtOnce), flights: map[origin]*flight{}, tallies: map[origin]Tally{},
		p: newProjector(w, reg, rules.New(cal, o.Rules))}
	in.cal.Store(cal)
	in.p.quit, in.p.asOf, in.p.rules = in.quit, o.AsOf, o.Rules
	if err := in.p.own(o.Signer, o.Now().UTC().Truncate(time.Microsecond)); err != nil {
		return nil, err
	}
	if err := in.begin(); err != nil {
		return nil, err
	}
	go in.loop()
	return in, nil
}

// begin brings the folder under the settings and rules that are in force now.
func (in *Intake) begin() error {
	p := in.p
	p.opened = p.w.Head()
	for _, d := range p.reg.byID {
		d.shown = p.opened
	}
	if err := p.recall(); err != nil {
		return err
	}
	if lacking, err := p.w.LooksLacking(); err != nil {
		return err
	} else if lacking {
		if err := in.transaction((*projector).enterLooks); err != nil {
			return err
		}
	}
	rec, found, err := p.w.Ruling()
	if err != nil || len(p.reg.byID) == 0 {
		return err
	}
	if !found || !p.rulesBy(rec.Body) {
		if err := in.transaction((*projector).ruleAnew); err != nil {
			return err
		}
		if p.pending, err = p.w.Rejudgements(); err != nil {
			return err
		}
	}
	left, err := p.w.ToRejudge()
	in.left.Store(left)
	in.noteNotices()
	return err
}

func (in *Intake) noteNotices() {
	n := in.p.notices()
	in.notices.Store(&n)
}

// ToJudgeAnew is how many cases are still to be judged anew, since settings,
// rules or duties changed. Until then they stand as they were.
func (in *Intake) ToJudgeAnew() int { return int(in.left.Load()) }

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
		case <-in.idle():
			in.goOn()
		case <-in.quit:
			for {
				select {
				case j := <-in.jobs:
					j.answer(ErrClosed)
				default:
					return
				}
			}
		case j := <-in.jobs:
			in.take(j)
		case <-tick.C:
			if err := in.tick(); err != nil && !errors.Is(err, ErrClosed) {
				in.opts.Logger.Error("due times could not be written", "error", err)
			}
		}
	}
}

// always can be received from.
var always = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// idle can be received from while cases are to be judged anew and nothing waits.
func (in *Intake) idle() <-chan struct{} {
	if len(in.p.pending) == 0 || len(in.jobs) > 0 {
		return nil
	}
	return always
}

// goOn judges the next cases anew.
func (in *Intake) goOn() {
	in.p.silent = true // no record of theirs is journaled; the board counts them
	err := in.transaction(func(p *projector) error {
		_, err := p.anewOnce(anewChunk)
		return err
	})
	in.p.silent = false
	if err != nil && !errors.Is(err, ErrClosed) {
		in.opts.Logger.Error("cases could not be judged anew", "error", err)
		time.Sleep(tickEvery)
	}
}

// take commits a job, and a batch together with the batches that wait behind
// it. Other work has a transaction of its own: what people get wrong must not
// undo a department's batch.
func (in *Intake) take(j *job) {
	for j != nil {
		group := in.join(nil, j)
		var next *job
		if j.run == nil {
			group, next = in.waiting(group, len(j.records))
		}
		if len(group) > 0 {
			in.commit(group)
		}
		j = next
	}
}

// waiting joins the batches that wait to a group of n records, until it is full,
// nothing waits, or other work does, which is returned.
func (in *Intake) waiting(group []*job, n int) (_ []*job, other *job) {
	for n < groupRecords {
		select {
		case j := <-in.jobs:
			if j.run != nil {
				return group, j
			}
			group = in.join(group, j)
			n += len(j.records)
		default:
			return group, nil
		}
	}
	return group, nil
}

// commit writes jobs in one transaction and tells each how it went.
func (in *Intake) commit(group []*job) {
	err := group[0].refused(in.p)
	if err == nil {
		err = in.transaction(func(p *projector) error {
			records := 0
			for _, j := range group {
				records += len(j.records)
			}
			p.changes = slices.Grow(p.changes, records)
			for _, j := range group {
				if err := j.apply(p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, ErrClosed) {
			in.opts.Logger.Error("a batch could not be written", "error", err)
		}
	}
	for _, j := range group {
		if j.run == nil {
			if err != nil {
				in.broken[j.from] = true
			} else {
				in.counted(j)
			}
		}
		j.answer(err)
	}
}

// refused asks a job whether it may be done at all, before anything is begun.
func (j *job) refused(p *projector) error {
	if j.check == nil {
		return nil
	}
	return j.check(p)
}

// join adds a job to the group, unless it is a batch behind one that failed:
// taking it would leave a gap before it.
func (in *Intake) join(group []*job, j *job) []*job {
	if j.run == nil && in.broken[j.from] {
		j.answer(ErrBehindFailed)
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
		j.tally.note(&j.records[i])
	}
	if j.tally.Taken+j.tally.Corrections > 0 {
		p.news[j.from.adapter] = p.now
	}
	p.moved[j.from] = true
	if j.caughtUp {
		if err := p.readAgain(j.from); err != nil {
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
	p.w.TakenOut() // of a transaction that was rolled back
	p.w.Unsealed()
	err := f(p)
	if err == nil {
		err = p.settle()
	}
	if err == nil {
		err = p.finish()
	}
	if err == nil {
		err = p.seal(in.opts.Signer)
	}
	if err == nil {
		err = p.w.Commit()
	}
	if err != nil {
		return errors.Join(err, p.w.Rollback(), p.forget())
	}
	in.setBack()
	in.noteNotices()
	if in.left.Load() > 0 || len(p.pending) > 0 {
		left, err := p.w.ToRejudge()
		if err != nil {
			return err
		}
		in.left.Store(left)
	}
	if len(p.changes) > 0 && in.opts.Listen != nil {
		in.opts.Listen(p.w.Head(), p.changes)
	}
	clear(p.changes)
	p.changes = p.changes[:0]
	if cap(p.changes) > 2*groupRecords { // of a rare transaction
		p.changes = nil
	}
	p.hot.trim()
	return nil
}

// setBack has the streams begin anew that a transaction set back: what was read
// on beyond does not count.
func (in *Intake) setBack() {
	for _, from := range in.p.rewound {
		in.broken[from] = true
		if !slices.Contains(in.p.renewed, from.adapter) {
			in.p.renewed = append(in.p.renewed, from.adapter)
		}
	}
	for _, adapter := range in.p.renewed {
		if in.opts.Reread != nil {
			in.opts.Reread(adapter)
		}
	}
	in.p.rewound, in.p.renewed = nil, nil
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
