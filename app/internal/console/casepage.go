package console

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// moment is when a department's cases are shown for: now while its adapter is
// live, else the moment its records were last judged for.
func (c *Console) moment(adapter string, judged time.Time) time.Time {
	c.mu.Lock()
	live := c.live[adapter]
	c.mu.Unlock()
	if now := c.Now(); live && now.After(judged) {
		return now
	}
	return judged
}

// CaseDetail is everything about one case, judged for this moment.
func (c *Console) CaseDetail(ctx context.Context, id uint64) (*casefile.CaseDetail, error) {
	row, err := c.store.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &casefile.CaseDetail{Case: row}
	if d.Events, err = c.store.Events(ctx, &row); err != nil {
		return nil, err
	}
	if d.OverdueReports, err = c.store.OverdueOf(ctx, id); err != nil {
		return nil, err
	}
	if d.Rejections, err = c.store.RejectionsOf(ctx, id); err != nil {
		return nil, err
	}
	findings, err := c.store.Findings(ctx, store.FindingQuery{CaseID: id, Ascending: true})
	if err != nil {
		return nil, err
	}
	d.Findings = findings.Rows
	items, err := c.store.Items(ctx, row.Department)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		if it.Code == row.ItemCode {
			d.Item = it
		}
	}
	return d, c.store.Snapshot(ctx, func(w *store.Writer) error {
		k, err := intake.LoadCase(w, id)
		if err != nil {
			return err
		}
		c.judge(d, k)
		return nil
	})
}

// judge fills in what depends on the moment.
func (c *Console) judge(d *casefile.CaseDetail, k *intake.KnownCase) {
	judge := c.intake.Judge()
	at := c.moment(k.Adapter, k.JudgedAt)
	v := judge.Judge(k.Subject, at)
	d.Promised, d.Statutory = clock(&v.Promised), clock(&v.Statutory)
	main := v.Main()
	d.Case.DueAt, d.Case.Used, d.Case.Paused = main.Due, v.Case.Used, v.Case.Paused
	for i := range d.OverdueReports {
		if o := &d.OverdueReports[i]; !o.OverAt.IsZero() {
			c := &v.Promised
			if o.Clock == "statutory" {
				c = &v.Statutory
			}
			o.DueAt, o.OverBy = c.Due, -c.Remaining
		}
	}
	// An open case's arithmetic counts on with the days.
	for i := range d.Findings {
		if f, found := v.Find(d.Findings[i].Rule, d.Findings[i].Key); found {
			d.Findings[i].WordsZH, d.Findings[i].WordsEN = f.WordsZH, f.WordsEN
		}
	}
	s := judge.Strip(k.Subject, at)
	d.StripCut = s.Cut
	d.Strip = make([]casefile.StripDay, len(s.Days))
	for i, x := range s.Days {
		d.Strip[i] = casefile.StripDay{Date: x.Date.String(), Kind: dayKind(x.Kind), Name: x.Name, Listed: x.Listed, N: x.Promised, NStatutory: x.Statutory,
			Paused: x.Paused, Start: x.Start, DuePromised: x.DuePromised, DueStatutory: x.DueStatutory, Ended: x.Ended, Now: x.Now, Over: x.Over, Skipped: x.Skipped}
	}
}

func clock(c *rules.Clock) casefile.Clock {
	return casefile.Clock{Limit: c.Limit.N, Unit: store.UnitWord(uint8(c.Limit.Unit)), Running: c.Running, StartedAt: c.StartedAt,
		DueAt: c.Due, DueWithoutPauses: c.DueWithoutPauses, OverAt: c.OverAt, Elapsed: c.Elapsed, ElapsedWithoutPauses: c.ElapsedWithoutPauses,
		Remaining: c.Remaining, Paused: c.Paused, Over: c.Over, OverWithoutPauses: c.OverWithoutPauses, PausedNow: c.PausedNow, Extension: c.Extension.N}
}

func dayKind(k workday.Kind) string {
	switch k {
	case workday.Weekend:
		return "weekend"
	case workday.Holiday:
		return "holiday"
	case workday.MakeUp:
		return "make_up"
	}
	return "workday"
}

// Proof proves that a record of a case is in the journal as last signed; a
// record newer than that has a checkpoint signed first.
func (c *Console) Proof(ctx context.Context, caseID, seq uint64) (*httpapi.Proof, error) {
	row, err := c.store.Case(ctx, caseID)
	if err != nil {
		return nil, err
	}
	if seq == 0 {
		seq = row.ID
	}
	events, err := c.store.Events(ctx, &row)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if e.Seq == seq {
			return c.prove(ctx, seq)
		}
	}
	return nil, fault.New(fault.NotFound, "not_of_this_case", "这条记录不属于该办件。请从办件页的经过中选择。", "This record is not of the case. Choose one from the case's events.", nil)
}
