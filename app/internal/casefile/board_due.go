package casefile

import (
	"cmp"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// DueDay counts the open cases that come due on one day.
type DueDay struct {
	Date        string          `json:"date" format:"date"`
	Workday     bool            `json:"workday"`
	None        int             `json:"none" doc:"cases without a warning"`
	Warn        int             `json:"warn"`
	Yellow      int             `json:"yellow"`
	Red         int             `json:"red"`
	Departments []DayDepartment `json:"departments" doc:"those with the most, at most five"`
}

// DayDepartment is how many of a day's cases are one department's.
type DayDepartment struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

const (
	// dueWorkdays is how many working days after today the board looks ahead.
	dueWorkdays = 5
	// dueDepartments is how many departments of a day are named.
	dueDepartments = 5
)

// dueFrom is the moment from which the board looks ahead: now, or where nothing
// reports any more the latest moment that a department's cases are shown for. Cases
// that stand at a day years ago do not come due today.
func (v *View) dueFrom(departments []Department) time.Time {
	var latest time.Time
	for i := range departments {
		d := &departments[i]
		switch {
		case d.Figures.Open == 0:
		case d.AsOf.IsZero():
			return v.now
		case d.AsOf.After(latest):
			latest = d.AsOf
		}
	}
	if latest.IsZero() {
		return v.now
	}
	return latest
}

// dueDays counts open cases by the day on which they come due: that of from, the
// next working days, and the rest days between on which something does. One pass
// over the cases that come due in that time.
func (v *View) dueDays(of *only, from time.Time) ([]DueDay, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	open, id := of.open()
	cal := v.judge.Calendar()
	today := cal.DateOf(from)
	last := cal.AddWorkingDays(today, dueWorkdays)
	days := make([]DueDay, int(last-today)+1)
	counts := make([]map[string]int, len(days))
	for i := range days {
		d := today + workday.Date(i)
		days[i] = DueDay{Date: d.String(), Workday: cal.IsWorkday(d), Departments: []DayDepartment{}}
		counts[i] = map[string]int{}
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT (due_at - ?1) / ?2, level, dept, count(*) FROM (
		SELECT due_at, level, dept FROM cases WHERE `+open+` AND due_at >= ?1 AND due_at < ?3 LIMIT ?4) GROUP BY 1, 2, 3`,
		cal.StartOf(today).UnixMicro(), int64(24*3600*1e6), cal.StartOf(last+1).UnixMicro(), store.TotalCap, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var day int
		var level, dept int64
		var count int
		if err := rows.Scan(&day, &level, &dept, &count); err != nil {
			return nil, err
		}
		*days[day].of(level) += count
		counts[day][n.code[dept]] += count
	}
	for i := range days {
		days[i].most(counts[i])
	}
	return slices.DeleteFunc(days, func(d DueDay) bool {
		return !d.Workday && d.None+d.Warn+d.Yellow+d.Red == 0 && d.Date != today.String()
	}), rows.Err()
}

// of is the day's count of a level.
func (d *DueDay) of(level int64) *int {
	switch level {
	case int64(store.LevelRed):
		return &d.Red
	case int64(store.LevelYellow):
		return &d.Yellow
	case int64(store.LevelWarn):
		return &d.Warn
	}
	return &d.None
}

// most names the departments with the most cases of the day.
func (d *DueDay) most(counts map[string]int) {
	for code, n := range counts {
		d.Departments = append(d.Departments, DayDepartment{code, n})
	}
	slices.SortFunc(d.Departments, func(a, b DayDepartment) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	d.Departments = d.Departments[:min(len(d.Departments), dueDepartments)]
}
