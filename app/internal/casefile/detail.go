package casefile

import (
	"slices"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// CaseDetail is everything about one case.
type CaseDetail struct {
	Case           Case           `json:"case"`
	Item           Item           `json:"item"`
	Promised       Clock          `json:"promised"`
	Statutory      Clock          `json:"statutory"`
	Events         []Event        `json:"events"`
	Findings       []Finding      `json:"findings"`
	OverdueReports []OverdueRow   `json:"overdue_reports" doc:"the department's own reports beside our computation"`
	Rejections     []RejectionRow `json:"rejections"`
	Strip          []StripDay     `json:"strip"`
	StripCut       bool           `json:"strip_cut" doc:"days were left out of the strip's middle"`
	AsOf           time.Time      `json:"as_of,omitzero" doc:"the moment that the case is shown for, where that is not the office clock's"`
}

// Clock is one limit of a case. Counts are in the limit's unit, which is empty
// where there is no such limit; limit 0 of a unit is the same day.
type Clock struct {
	Limit                int       `json:"limit"`
	Unit                 string    `json:"unit" enum:",working_days,calendar_days,working_hours,seconds,working_seconds"`
	Running              bool      `json:"running"`
	StartedAt            time.Time `json:"started_at,omitzero"`
	DueAt                time.Time `json:"due_at,omitzero" doc:"the last second that is in time"`
	MovedFrom            time.Time `json:"moved_from,omitzero" doc:"when it would be due if that were no day of rest, which moved it to due_at (Civil Code art. 203)"`
	DueWithoutPauses     time.Time `json:"due_without_pauses,omitzero"`
	OverAt               time.Time `json:"over_at,omitzero" doc:"the due time that passed"`
	LapsedAt             time.Time `json:"lapsed_at,omitzero" doc:"the due time that passed by what was registered, where by the dates of all facts the case is in time"`
	LapsedBy             int       `json:"lapsed_by,omitempty" doc:"units over it, until the end was registered"`
	Elapsed              int       `json:"elapsed"`
	ElapsedWithoutPauses int       `json:"elapsed_without_pauses"`
	Remaining            int       `json:"remaining" doc:"negative: units over"`
	Paused               int       `json:"paused"`
	Over                 bool      `json:"over"`
	OverWithoutPauses    bool      `json:"over_without_pauses"`
	PausedNow            bool      `json:"paused_now"`
	Extension            int       `json:"extension"`
}

// StripDay is one day of a case's time strip.
type StripDay struct {
	Date         string `json:"date" format:"date"`
	Kind         string `json:"kind" enum:"workday,weekend,holiday,make_up"`
	Name         string `json:"name" doc:"of the holiday, zh-CN"`
	Listed       bool   `json:"listed" doc:"the year has a holiday list"`
	N            int    `json:"n" doc:"ordinal of the promised clock, 0 if the day is not counted"`
	NStatutory   int    `json:"n_statutory"`
	Paused       bool   `json:"paused"`
	Start        bool   `json:"start"`
	Begun        string `json:"begun,omitempty" enum:"received,accepted,deemed,record" doc:"what the clocks run from, on the day on which they start; deemed: what counts as acceptance, as nothing was said in time (Licensing Law, art. 32); record: the earliest one, as no receipt was told"`
	DuePromised  bool   `json:"due_promised"`
	DueStatutory bool   `json:"due_statutory"`
	Ended        bool   `json:"ended"`
	Now          bool   `json:"now"`
	Over         bool   `json:"over"`
	Moved        bool   `json:"moved,omitempty" doc:"after the last day of the promised clock, or of the statutory one where nothing is promised, which days of rest moved on: it counts to no limit"`
	Skipped      int    `json:"skipped,omitempty" doc:"days left out before this one"`
}

// CaseDetail is everything about one case, judged for the moment that its
// department's cases are shown for.
func (v *View) CaseDetail(id uint64) (CaseDetail, error) {
	c, err := v.Case(id)
	if err != nil {
		return CaseDetail{}, err
	}
	d := CaseDetail{Case: c, Item: v.registry.listedAs(c.Department, c.ItemCode)}
	if d.Events, err = v.events(&c); err != nil {
		return d, err
	}
	if d.OverdueReports, err = v.overdueOf(id); err != nil {
		return d, err
	}
	if d.Rejections, err = v.rejectionsOf(id); err != nil {
		return d, err
	}
	findings, err := v.Findings(list.Asking("case_id", strconv.FormatUint(id, 10)).Up())
	if err != nil {
		return d, err
	}
	d.Findings = findings.Rows
	at := v.registry.moments[c.Department]
	s, err := v.subject(id, at)
	if err != nil {
		return d, err
	}
	d.Item = d.Item.heldAs(s.Item)
	d.judge(v.judge, s, at)
	d.AsOf = v.asOf(v.registry, c.Department)
	if err := v.countOverBy(&d.Case); err != nil {
		return d, err
	}
	for i := range d.OverdueReports {
		if err := v.compare(&d.OverdueReports[i], at, func(time.Time) (*rules.Subject, error) { return s, nil }); err != nil {
			return d, err
		}
	}
	return d, nil
}

// judge fills in what depends on the moment.
func (d *CaseDetail) judge(judge *rules.Judge, s *rules.Subject, at time.Time) {
	v := judge.Judge(s, at)
	d.Promised, d.Statutory = clock(&v.Promised), clock(&v.Statutory)
	d.Case.judged(&v)
	for i := range d.OverdueReports {
		if o := &d.OverdueReports[i]; !o.OverAt.IsZero() {
			c := o.of(&v)
			if o.DueAt, o.OverBy = c.Due, overBy(c); c.LapsedOnly {
				o.DueAt = c.LapsedAt
			}
		}
	}
	// An open case's arithmetic counts on with the days.
	for i := range d.Findings {
		if f, found := v.Find(d.Findings[i].Rule, d.Findings[i].Key); found {
			d.Findings[i].WordsZH, d.Findings[i].WordsEN = f.WordsZH, f.WordsEN
		}
	}
	strip := judge.Strip(s, at)
	d.StripCut = strip.Cut
	d.Strip = make([]StripDay, len(strip.Days))
	for i, x := range strip.Days {
		d.Strip[i] = StripDay{Date: x.Date.String(), Kind: x.Kind.Word(), Name: x.Name, Listed: x.Listed, N: x.Promised, NStatutory: x.Statutory,
			Paused: x.Paused, Start: x.Start, Begun: x.Begun.Word(), DuePromised: x.DuePromised, DueStatutory: x.DueStatutory, Ended: x.Ended, Now: x.Now, Over: x.Over, Moved: x.Moved, Skipped: x.Skipped}
	}
}

func clock(c *rules.Clock) Clock {
	out := Clock{Limit: c.Limit.N, Unit: store.UnitWord(uint8(c.Limit.Unit)), Running: c.Running, StartedAt: c.StartedAt,
		DueAt: c.Due, MovedFrom: c.MovedFrom, DueWithoutPauses: c.DueWithoutPauses, OverAt: c.OverAt, Elapsed: c.Elapsed, ElapsedWithoutPauses: c.ElapsedWithoutPauses,
		Remaining: c.Remaining, Paused: c.Paused, Over: c.Over, OverWithoutPauses: c.OverWithoutPauses, PausedNow: c.PausedNow, Extension: c.Extension.N}
	if c.LapsedOnly {
		out.LapsedAt, out.LapsedBy = c.LapsedAt, c.LapsedUnits
	}
	return out
}

// RecordOf tells whether a record is of a case that the principal may see; 0
// stands for the case's first record.
func (v *View) RecordOf(id, seq uint64) (uint64, error) {
	c, err := v.Case(id)
	if err != nil {
		return 0, err
	}
	if seq == 0 {
		seq = c.ID
	}
	events, err := v.events(&c)
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(events, func(e Event) bool { return e.Seq == seq }) {
		return 0, fault.New(fault.NotFound, "not_of_this_case", "这条记录不属于该办件。请从办件页的经过中选择。", "This record is not of the case. Choose one from the case's events.", nil)
	}
	return seq, nil
}
