// Package casefile reads cases: one case whole, lists of cases and of what came
// of them, the board, the registers. It is their one home: pages, files and the
// command line read here, so they cannot tell different things.
//
// Whoever reads gets a View: one moment of the database, with its departments
// and items read once, as far as the one who asks may see it. Open cases are
// counted on to the moment for which their department's cases are shown.
//
// Times are UTC instants; an absent time is the zero Time.
package casefile

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Options say how a running console reads.
type Options struct {
	Now   func() time.Time    // the office clock
	Judge func() *rules.Judge // by the calendar as it is at present
	// Moment is what a department's cases are shown for, whose adapter reports
	// for it and whose cases were last judged for a moment.
	Moment   func(adapter string, judged time.Time) time.Time
	Warnings func() []Warning // what the board warns of besides years without a holiday list
}

// Reader opens Views of a data folder. It may be used by many goroutines.
type Reader struct {
	store *store.Store
	o     Options
}

// New is a running console's Reader.
func New(s *store.Store, o Options) *Reader { return &Reader{store: s, o: o} }

// AtRest is a Reader for a folder that no console runs on: every case is shown
// for the moment that its department's cases were last judged for, and by what
// they were judged by then: settings stand for those of a folder that does not
// say. The base calendar is completed with the lists that the office imported.
func AtRest(ctx context.Context, s *store.Store, base *workday.Calendar, settings rules.Settings) (*Reader, error) {
	var judge *rules.Judge
	err := s.Read(ctx, func(tx *store.ReadTx) error {
		return tx.Records(func(r *store.Reader) error {
			cal, err := intake.Calendar(r, base)
			if err != nil {
				return err
			}
			ruling, ruled, err := intake.RulingOf(r)
			if ruled {
				settings = ruling.Settings
			}
			judge = rules.New(cal, settings)
			return err
		})
	})
	return New(s, Options{Now: time.Now, Judge: func() *rules.Judge { return judge },
		Moment:   func(_ string, judged time.Time) time.Time { return judged },
		Warnings: func() []Warning { return []Warning{} }}), err
}

// View is one moment of the database as somebody may see it. It is valid until
// the function that it is lent to returns, and not safe for concurrent use.
type View struct {
	*Reader
	ctx context.Context // of the one request that the view lives for
	tx  *store.ReadTx
	who access.Principal
	now time.Time // of the office clock

	judge    *rules.Judge
	registry *registry          // read when first needed
	known    *intake.CaseReader // made when a case is first judged
}

// View calls f with a view for the principal of the context. Everything that f
// reads is of one moment, and nothing in f may read the store in another way.
func (r *Reader) View(ctx context.Context, f func(*View) error) error {
	who := access.From(ctx)
	if who.Role == "" {
		return fault.New(fault.Forbidden, "nobody_asks", "没有登录，不能查看。请先登录。", "Nobody has signed in, so there is nothing to see. Sign in first.", nil)
	}
	return r.store.Read(ctx, func(tx *store.ReadTx) error {
		return f(&View{Reader: r, ctx: ctx, tx: tx, who: who, now: r.o.Now(), judge: r.o.Judge()})
	})
}

// Read answers what f reads in a view for the principal of the context.
func Read[T any](ctx context.Context, r *Reader, f func(*View) (T, error)) (out T, err error) {
	err = r.View(ctx, func(v *View) (err error) {
		out, err = f(v)
		return err
	})
	return out, err
}
