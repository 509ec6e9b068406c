package console

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Reader is the store with the running counters of open cases brought up to
// this moment: the database holds them as of when a case was last judged.
type Reader struct {
	*store.Store
	c *Console
}

// Reader reads the console's data as it stands now.
func (c *Console) Reader() Reader { return Reader{c.store, c} }

// Board adds the loud warnings.
func (r Reader) Board(ctx context.Context, now time.Time) (*store.Board, error) {
	return r.c.Board(ctx, now)
}

// BoardOf is Board kept to a department.
func (r Reader) BoardOf(ctx context.Context, now time.Time, department string) (*store.Board, error) {
	b, err := r.Store.BoardOf(ctx, now, department)
	if err == nil {
		b.Warnings = r.c.warnings(now)
	}
	return b, err
}

// Cases lists cases.
func (r Reader) Cases(ctx context.Context, q store.CaseQuery) (store.Page[store.Case], error) {
	p, err := r.Store.Cases(ctx, q)
	if err != nil {
		return p, err
	}
	f, err := r.refresher(ctx)
	if err != nil {
		return p, err
	}
	for i := range p.Rows {
		if err := f.refresh(ctx, &p.Rows[i]); err != nil {
			return p, err
		}
	}
	return p, nil
}

// CaseByNo reads one case.
func (r Reader) CaseByNo(ctx context.Context, department, caseNo string) (store.Case, error) {
	c, err := r.Store.CaseByNo(ctx, department, caseNo)
	if err != nil {
		return c, err
	}
	f, err := r.refresher(ctx)
	if err != nil {
		return c, err
	}
	return c, f.refresh(ctx, &c)
}

// EachCase calls each with every case of the filter.
func (r Reader) EachCase(ctx context.Context, q store.CaseQuery, each func(*store.Case) error) error {
	f, err := r.refresher(ctx)
	if err != nil {
		return err
	}
	return r.Store.EachCase(ctx, q, func(c *store.Case) error {
		if err := f.refresh(ctx, c); err != nil {
			return err
		}
		return each(c)
	})
}

// OverdueRegister lists the overdue register; open cases run on.
func (r Reader) OverdueRegister(ctx context.Context, q store.RegisterQuery) (store.Page[store.OverdueRow], error) {
	p, err := r.Store.OverdueRegister(ctx, q)
	if err != nil {
		return p, err
	}
	f, err := r.refresher(ctx)
	if err != nil {
		return p, err
	}
	for i := range p.Rows {
		f.runOn(&p.Rows[i])
	}
	return p, nil
}

// runOn counts how far an open case is over by now. A standing clock stands.
func (f *refresher) runOn(o *store.OverdueRow) {
	at := f.moments[o.Department]
	if o.OverAt.IsZero() || !o.EndedAt.IsZero() || o.PausedNow || at.IsZero() {
		return
	}
	due, today := f.cal.DateOf(o.DueAt), f.cal.DateOf(at)
	switch o.Unit {
	case "working_days":
		o.OverBy = f.cal.WorkingDaysBetween(due, today)
	case "calendar_days":
		o.OverBy = int(today - due)
	}
}

// refresher knows for which moment each department's cases are shown.
type refresher struct {
	c       *Console
	cal     *workday.Calendar
	moments map[string]time.Time
}

func (r Reader) refresher(ctx context.Context) (*refresher, error) {
	f := &refresher{r.c, r.c.intake.Calendar(), map[string]time.Time{}}
	judged, err := r.Store.JudgedAt(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range judged {
		f.moments[d.Department] = r.c.moment(d.Adapter, d.At)
	}
	return f, nil
}

// refresh counts an open case on. A running clock's due time is fixed, so its
// used days follow from it; a standing clock's moves, and the case is judged.
func (f *refresher) refresh(ctx context.Context, c *store.Case) error {
	at := f.moments[c.Department]
	if !c.EndedAt.IsZero() || c.DueAt.IsZero() || at.IsZero() {
		return nil
	}
	if c.PausedNow || c.LimitUnit == "working_hours" {
		return f.c.store.Snapshot(ctx, func(tx *store.Reader) error {
			k, err := intake.LoadCase(tx, c.ID)
			if err != nil {
				return err
			}
			v := f.c.intake.Judge().Judge(k.Subject, at)
			c.DueAt, c.Used, c.Paused = v.Main().Due, v.Case.Used, v.Case.Paused
			c.OverdueWithoutPauses = v.Main().OverWithoutPauses
			return nil
		})
	}
	due, today := f.cal.DateOf(c.DueAt), f.cal.DateOf(at)
	left := int(due - today)
	if c.LimitUnit == "working_days" {
		if left >= 0 {
			left = f.cal.WorkingDaysBetween(today, due)
		} else {
			left = -f.cal.WorkingDaysBetween(due, today)
		}
	}
	c.Used = c.Limit + c.Extended - left
	return nil
}

// paged is a page with its rows as f makes them.
func paged[A, B any](p store.Page[A], f func(*A) B) store.Page[B] {
	out := store.Page[B]{Rows: make([]B, len(p.Rows)), Total: p.Total, Capped: p.Capped}
	for i := range p.Rows {
		out.Rows[i] = f(&p.Rows[i])
	}
	return out
}
