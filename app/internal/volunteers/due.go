package volunteers

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Due is a department with what speaks for a visit to it. The points are the
// office's practice; whoever reads the figures can add them up.
type Due struct {
	Department string
	Last       string // the date of the latest visit; empty: none
	Days       int    // since then
	Matters    int    // that came up in the last 90 days and were not dropped
	Findings   int    // yellow and red ones of the last 30 days that stand
	Planned    string // the date of the next route there; empty: none

	DaysPoints, MattersPoints, FindingsPoints int
}

// Points are all of them.
func (d *Due) Points() int { return d.DaysPoints + d.MattersPoints + d.FindingsPoints }

// What counts how much.
const (
	recently        = 30 * 24 * time.Hour // of findings
	daysAPoint      = 10                  // since the latest visit
	pointsAMatter   = 2
	pointsAFinding  = 1
	mostOfDays      = 12 // as of a department that was never visited
	mostOfOneReason = 10
)

func (d *Due) reckon() {
	d.DaysPoints = min(mostOfDays, d.Days/daysAPoint)
	if d.Last == "" {
		d.DaysPoints = mostOfDays
	}
	d.MattersPoints = min(mostOfOneReason, d.Matters*pointsAMatter)
	d.FindingsPoints = min(mostOfOneReason, d.Findings*pointsAFinding)
}

// byNeed puts departments in the order in which they are due: those without a
// route to come first, then by points; among equals who waits longest, has more
// matters, has more findings.
func byNeed(all []Due) {
	planned := func(d *Due) int { return min(len(d.Planned), 1) }
	slices.SortFunc(all, func(a, b Due) int {
		return cmp.Or(cmp.Compare(planned(&a), planned(&b)), cmp.Compare(b.Points(), a.Points()), cmp.Compare(a.Last, b.Last),
			cmp.Compare(b.Matters, a.Matters), cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Department, b.Department))
	})
}

// Due lists all departments, those that are due most first.
func (v *Volunteers) Due(ctx context.Context) ([]Due, error) {
	cal, now := v.journal.Calendar(), v.now()
	today := cal.DateOf(now)
	rows, err := v.db.QueryContext(ctx, `SELECT d.code,
		coalesce((SELECT max(arrived_at) FROM visits v WHERE v.department = d.code), 0),
		(SELECT count(*) FROM matters m WHERE m.department = d.code AND m.opened_at >= ?1 AND m.state <> 'dropped'),
		(SELECT count(*) FROM findings f WHERE f.dept = d.id AND f.raised_at >= ?2 AND f.state = 1 AND f.level >= 4),
		coalesce(n.date, '')
		FROM departments d LEFT JOIN (SELECT s.department, min(p.date) AS date FROM visit_plans p CROSS JOIN visit_plan_stops s ON s.plan = p.id
			WHERE p.date >= ?3 AND p.cancelled = '' AND s.position > 0 AND s.visit = 0 GROUP BY s.department) n ON n.department = d.code`, now.Add(-lately*24*time.Hour).UnixMicro(), now.Add(-recently).UnixMicro(), today.String())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Due{}
	for rows.Next() {
		var d Due
		var last int64
		if err := rows.Scan(&d.Department, &last, &d.Matters, &d.Findings, &d.Planned); err != nil {
			return nil, err
		}
		if last > 0 {
			day := cal.DateOf(when(last))
			d.Last, d.Days = day.String(), max(0, int(today-day))
		}
		d.reckon()
		out = append(out, d)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	byNeed(out)
	return out, nil
}
