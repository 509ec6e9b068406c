package route

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Due is a department with what speaks for a visit to it. The points are the
// office's practice; whoever reads the figures can add them up.
type Due struct {
	Department string
	Last       string // the date of the latest visit; empty: none
	Days       int    // since then
	Matters    int    // that came up in the last 90 days and were not dropped
	Findings   int    // yellow and red ones of the last 30 days that stand
	Planned    string // the date of the next plan there; empty: none

	DaysPoints, MattersPoints, FindingsPoints int
}

// Points are all of them.
func (d *Due) Points() int { return d.DaysPoints + d.MattersPoints + d.FindingsPoints }

// What counts how much.
const (
	daysAPoint      = 10 // since the latest visit
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
// plan to come first, then by points; among equals who waits longest, has more
// matters, has more findings.
func byNeed(all []Due) {
	planned := func(d *Due) int { return min(len(d.Planned), 1) }
	slices.SortFunc(all, func(a, b Due) int {
		return cmp.Or(cmp.Compare(planned(&a), planned(&b)), cmp.Compare(b.Points(), a.Points()), cmp.Compare(a.Last, b.Last),
			cmp.Compare(b.Matters, a.Matters), cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Department, b.Department))
	})
}

// recently is how far back findings count.
const recently = 30 * 24 * time.Hour

// Due lists all departments, those that are due most first.
func (s *Plans) Due(ctx context.Context) ([]Due, error) {
	cal, now := s.office.Calendar(), s.office.Now()
	today := cal.DateOf(now)
	visited, err := s.sheets.Latest(ctx)
	if err != nil {
		return nil, err
	}
	opened, err := s.matters.OpenedSince(ctx, now.Add(-lately*24*time.Hour))
	if err != nil {
		return nil, err
	}
	out := []Due{}
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var d Due
		if err := row.Scan(&d.Department, &d.Findings, &d.Planned); err != nil {
			return err
		}
		if last := visited[d.Department]; !last.IsZero() {
			day := cal.DateOf(last)
			d.Last, d.Days = day.String(), max(0, int(today-day))
		}
		d.Matters = opened[d.Department]
		d.reckon()
		out = append(out, d)
		return nil
	}, `SELECT d.code,
		(SELECT count(*) FROM findings f WHERE f.dept = d.id AND f.raised_at >= ?1 AND f.state = 1 AND f.level >= 4),
		coalesce(n.date, '')
		FROM departments d LEFT JOIN (SELECT s.department, min(p.date) AS date FROM visit_plans p CROSS JOIN visit_plan_stops s ON s.plan = p.id
			WHERE p.date >= ?2 AND p.cancelled = '' AND s.position > 0 AND s.visit = 0 GROUP BY s.department) n ON n.department = d.code`,
		now.Add(-recently).UnixMicro(), today.String()); err != nil {
		return nil, err
	}
	byNeed(out)
	return out, nil
}
