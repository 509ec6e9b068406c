package casefile

import (
	"cmp"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Recount is what cases would come to under another calendar. Nothing is written:
// the rules are run twice over the same facts, for the same moment.
type Recount struct {
	Judged   int                `json:"judged" doc:"cases that were judged twice: the open ones, and those that ended no earlier than 90 days before the first day that changes"`
	Moved    int                `json:"moved" doc:"open cases that are due at another time"`
	Appear   int                `json:"appear" doc:"findings that would come up"`
	Vanish   int                `json:"vanish" doc:"findings that would be withdrawn"`
	Cases    []RecountedCase    `json:"cases" doc:"200 at most, those that are due first"`
	Findings []RecountedFinding `json:"findings" doc:"200 at most, the gravest first"`
}

// RecountedCase is an open case that would be due at another time.
type RecountedCase struct {
	ID              uint64    `json:"id"`
	CaseNo          string    `json:"case_no"`
	Department      string    `json:"department"`
	ItemName        string    `json:"item_name"`
	DueBefore       time.Time `json:"due_before,omitzero"`
	DueAfter        time.Time `json:"due_after,omitzero"`
	StatutoryBefore time.Time `json:"statutory_before,omitzero"`
	StatutoryAfter  time.Time `json:"statutory_after,omitzero"`
}

// RecountedFinding is a finding that would come up or be withdrawn.
type RecountedFinding struct {
	Appears    bool   `json:"appears" doc:"it would come up; else it would be withdrawn"`
	Rule       string `json:"rule"`
	NameZH     string `json:"name_zh"`
	NameEN     string `json:"name_en"`
	Level      string `json:"level" enum:"review,data,warn,yellow,red"`
	CaseID     uint64 `json:"case_id"`
	CaseNo     string `json:"case_no"`
	Department string `json:"department"`
}

const (
	recountShown = 200
	// lookBack is how long before the first day that changes a case may have ended
	// and still be owed something that is counted in working days: papers are handed
	// over within ten (行政许可法 Art. 44), and the longest holiday has nine days.
	lookBack = 90 * 24 * time.Hour
)

// Recount judges cases by another calendar, beside the present one. from is the
// first day that is another; what lies long before it is the same.
func (v *View) Recount(other *rules.Judge, from time.Time) (Recount, error) {
	out := Recount{Cases: []RecountedCase{}, Findings: []RecountedFinding{}}
	if _, err := v.names(); err != nil {
		return out, err
	}
	type row struct {
		id         uint64
		dept, item int64
		no         string
		open       bool
	}
	var all []row
	rows, err := v.tx.QueryContext(v.ctx, `SELECT id, dept, item, case_no, ended_at = 0 FROM cases WHERE ended_at = 0 OR ended_at >= ?`, from.Add(-lookBack).UnixMicro())
	if err != nil {
		return out, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.dept, &r.item, &r.no, &r.open); err != nil {
			return out, err
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return out, err
	}
	for _, r := range all {
		if err := v.ctx.Err(); err != nil {
			return out, err
		}
		department := v.registry.code[r.dept]
		at := v.registry.moments[department]
		if at.IsZero() {
			continue
		}
		s, err := v.subject(r.id, at)
		if err != nil {
			return out, err
		}
		before := v.judge.Judge(s, at)
		if s.Item, err = v.known.Held(r.item, s, other, at); err != nil {
			return out, err
		}
		after := other.Judge(s, at)
		out.Judged++
		if c := (RecountedCase{ID: r.id, CaseNo: r.no, Department: department, ItemName: v.registry.itemOf(r.item).Name,
			DueBefore: utc(before.Main().Due), DueAfter: utc(after.Main().Due),
			StatutoryBefore: utc(before.Statutory.Due), StatutoryAfter: utc(after.Statutory.Due)}); r.open && c.moved() {
			out.Cases = append(out.Cases, c)
		}
		for _, f := range otherFindings(&before, &after) {
			f.CaseID, f.CaseNo, f.Department = r.id, r.no, department
			out.Findings = append(out.Findings, f)
		}
	}
	out.sum()
	return out, nil
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

func (c *RecountedCase) moved() bool {
	return !c.DueBefore.Equal(c.DueAfter) || !c.StatutoryBefore.Equal(c.StatutoryAfter)
}

// otherFindings are those that only one of two verdicts has.
func otherFindings(before, after *rules.Verdict) (out []RecountedFinding) {
	only := func(in, not []rules.Finding, appears bool) {
		for i := range in {
			f := &in[i]
			if slices.ContainsFunc(not, func(o rules.Finding) bool { return o.Rule == f.Rule && o.Key == f.Key }) {
				continue
			}
			rule := rules.Lookup(f.Rule)
			out = append(out, RecountedFinding{Appears: appears, Rule: f.Rule, NameZH: rule.NameZH, NameEN: rule.NameEN, Level: f.Level.String()})
		}
	}
	only(after.Findings, before.Findings, true)
	only(before.Findings, after.Findings, false)
	return out
}

// sum counts what there is, and keeps what is shown of it.
func (r *Recount) sum() {
	r.Moved = len(r.Cases)
	for i := range r.Findings {
		if r.Findings[i].Appears {
			r.Appear++
		} else {
			r.Vanish++
		}
	}
	slices.SortStableFunc(r.Cases, func(a, b RecountedCase) int {
		return cmp.Or(a.DueBefore.Compare(b.DueBefore), cmp.Compare(a.ID, b.ID))
	})
	grave := func(f *RecountedFinding) int64 { n, _ := store.Levels.Number(f.Level); return n }
	slices.SortStableFunc(r.Findings, func(a, b RecountedFinding) int {
		return cmp.Or(cmp.Compare(grave(&b), grave(&a)), cmp.Compare(a.CaseID, b.CaseID))
	})
	r.Cases = r.Cases[:min(len(r.Cases), recountShown)]
	r.Findings = r.Findings[:min(len(r.Findings), recountShown)]
}
