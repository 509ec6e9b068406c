package casefile

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// countOn brings an open case to the moment that its department's cases are
// shown for; the database holds it as of when it was last judged. A running
// clock's due time is fixed, and as a rule its used days follow from it; a
// standing clock's moves, and the case is judged.
func (v *View) countOn(c *Case) error {
	if err := v.countUsed(c); err != nil {
		return err
	}
	return v.countOverBy(c)
}

// countOverBy counts how far a case is over: to its end, or to the moment that it
// is shown for.
func (v *View) countOverBy(c *Case) error {
	at := c.EndedAt
	if at.IsZero() {
		at = v.registry.moments[c.Department]
	}
	if !c.Overdue || c.DueAt.IsZero() || at.IsZero() {
		return nil
	}
	if n, known := v.judge.OverOn(unitOf(c.LimitUnit), c.DueAt, at); known && !c.wantsVerdict() {
		c.OverBy = max(0, n)
		return nil
	}
	s, err := v.subject(c.ID, at)
	if err != nil {
		return err
	}
	verdict := v.judge.Judge(s, at)
	c.OverBy = max(0, -verdict.Main().Remaining)
	return nil
}

func (v *View) countUsed(c *Case) error {
	at := v.registry.moments[c.Department]
	if !c.EndedAt.IsZero() || c.DueAt.IsZero() || at.IsZero() {
		return nil
	}
	// An extension may be in another unit than the limit; and of several pauses one may
	// have been worked between, which moved the due time and took no day out.
	if !c.wantsVerdict() && c.Extended == 0 && c.Requests < 2 {
		if used, known := v.judge.UsedOn(approval.Limit{N: c.Limit, Unit: unitOf(c.LimitUnit)}, c.DueAt, at, c.Requests > 0); known {
			c.Used = used
			return nil
		}
	}
	s, err := v.subject(c.ID, at)
	if err != nil {
		return err
	}
	verdict := v.judge.Judge(s, at)
	if !c.wantsVerdict() {
		c.Used = verdict.Case.Used // all else of a running clock is as it was
		return nil
	}
	c.judged(&verdict)
	return nil
}

// wantsVerdict tells whether only a verdict says how an open case stands.
func (c *Case) wantsVerdict() bool {
	return c.EndedAt.IsZero() && (c.PausedNow || unitOf(c.LimitUnit) == approval.WorkingHours || unitOf(c.LimitUnit) == approval.WorkingSeconds)
}

// judged fills in the figures that a verdict moves.
func (c *Case) judged(v *rules.Verdict) {
	main := v.Main()
	c.DueAt, c.Used, c.Paused = main.Due, v.Case.Used, v.Case.Paused
	if c.wantsVerdict() {
		c.OverdueWithoutPauses = main.OverWithoutPauses
	}
}

// runOn counts how far an open case is over at the moment, and sets what the
// department reported beside it.
func (v *View) runOn(o *OverdueRow) error {
	if err := v.countOver(o); err != nil {
		return err
	}
	return v.compare(o, v.registry.moments[o.Department], func(at time.Time) (*rules.Subject, error) { return v.subject(o.CaseID, at) })
}

// countOver counts how far an open case is over at the moment. A standing clock
// stands.
func (v *View) countOver(o *OverdueRow) error {
	at := v.registry.moments[o.Department]
	if o.OverAt.IsZero() || !o.EndedAt.IsZero() || o.PausedNow && !o.ByRegistration || at.IsZero() {
		return nil
	}
	if n, known := v.judge.OverOn(unitOf(o.Unit), o.DueAt, at); known {
		o.OverBy = n
		return nil
	}
	s, err := v.subject(o.CaseID, at)
	if err != nil {
		return err
	}
	verdict := v.judge.Judge(s, at)
	o.OverBy = overBy(o.of(&verdict))
	return nil
}

// overBy is how far a clock ran over: by what was registered where it did by that alone.
func overBy(c *rules.Clock) int {
	if c.LapsedOnly {
		return c.LapsedUnits
	}
	return -c.Remaining
}

// of is the clock of a verdict that the row is about.
func (o *OverdueRow) of(v *rules.Verdict) *rules.Clock {
	if o.Clock == "statutory" {
		return &v.Statutory
	}
	return &v.Promised
}

func unitOf(word string) approval.Unit {
	n, _ := store.Units.Number(word)
	return approval.Unit(n)
}

// subject is a case as the journal has it, ready to be judged.
func (v *View) subject(id uint64, at time.Time) (s *rules.Subject, err error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	err = v.tx.Records(func(r *store.Reader) (err error) {
		if v.known == nil {
			if v.known, err = intake.NewCaseReader(r, n.departments, n.rows); err != nil {
				return err
			}
		}
		s, err = v.known.Subject(id, v.judge, at)
		return err
	})
	return s, err
}
