package casefile

import (
	"cmp"
	"database/sql"
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
	// dueHours is how far the board's picture of the next hours reaches.
	dueHours = 8
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

// coming is the condition of the counters of what comes due from one moment to
// another, both the beginnings of slots.
func (o *only) coming(from, to time.Time) *store.Where {
	w := &store.Where{}
	w.Add("slot >= ? AND slot < ?", store.SlotOf(from), store.SlotOf(to))
	o.counted(w)
	return w
}

// dueSlots counts open cases by when they come due in the next hours.
func (v *View) dueSlots(of *only, now time.Time) ([]DueSlot, error) {
	from := now.UTC().Truncate(store.DueSlot)
	out := make([]DueSlot, dueHours*int(time.Hour/store.DueSlot))
	for i := range out {
		out[i] = DueSlot{From: from.Add(time.Duration(i) * store.DueSlot), Level: store.LevelWord(store.LevelNone)}
	}
	w := of.coming(from, from.Add(dueHours*time.Hour))
	err := store.EachRow(v.ctx, v.tx, func(r *sql.Rows) error {
		var slot int64
		var n dueCounts
		if err := r.Scan(&slot, &n.none, &n.warn, &n.yellow, &n.red); err != nil {
			return err
		}
		out[slot-store.SlotOf(from)].Count, out[slot-store.SlotOf(from)].Level = n.sum(), store.LevelWord(n.highest())
		return nil
	}, `SELECT slot, sum(none), sum(warn), sum(yellow), sum(red) FROM due`+w.SQL()+` GROUP BY slot`, w.Args...)
	return out, err
}

// dueDays counts open cases by the day on which they come due: that of from, the
// next working days, and the rest days between on which something does.
func (v *View) dueDays(of *only, from time.Time) ([]DueDay, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	cal := v.judge.Calendar()
	today := cal.DateOf(from)
	last := cal.AddWorkingDays(today, dueWorkdays)
	days := make([]DueDay, int(last-today)+1)
	for i := range days {
		d := today + workday.Date(i)
		days[i] = DueDay{Date: d.String(), Workday: cal.IsWorkday(d), Departments: []DayDepartment{}}
	}
	begin := cal.StartOf(today)
	w := of.coming(begin, cal.StartOf(last+1))
	err = store.EachRow(v.ctx, v.tx, func(r *sql.Rows) error {
		var day int
		var dept int64
		var c dueCounts
		if err := r.Scan(&day, &dept, &c.none, &c.warn, &c.yellow, &c.red); err != nil {
			return err
		}
		d := &days[day]
		d.None += c.none
		d.Warn += c.warn
		d.Yellow += c.yellow
		d.Red += c.red
		d.Departments = append(d.Departments, DayDepartment{n.code[dept], c.sum()})
		return nil
	}, `SELECT (slot - ?) / ?, dept, sum(none), sum(warn), sum(yellow), sum(red) FROM due`+w.SQL()+` GROUP BY 1, 2`,
		append([]any{store.SlotOf(begin), int64(24 * time.Hour / store.DueSlot)}, w.Args...)...)
	for i := range days {
		days[i].most()
	}
	return slices.DeleteFunc(days, func(d DueDay) bool {
		return !d.Workday && d.cases() == 0 && d.Date != today.String()
	}), err
}

// dueCounts are open cases by level.
type dueCounts struct{ none, warn, yellow, red int }

func (c *dueCounts) sum() int { return c.none + c.warn + c.yellow + c.red }

// highest is the highest level of a warning among them; none without one.
func (c *dueCounts) highest() uint8 {
	switch {
	case c.red > 0:
		return store.LevelRed
	case c.yellow > 0:
		return store.LevelYellow
	case c.warn > 0:
		return store.LevelWarn
	}
	return store.LevelNone
}

// cases is how many come due on the day.
func (d *DueDay) cases() int { return d.None + d.Warn + d.Yellow + d.Red }

// most keeps the departments with the most cases of the day.
func (d *DueDay) most() {
	slices.SortFunc(d.Departments, func(a, b DayDepartment) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	d.Departments = d.Departments[:min(len(d.Departments), dueDepartments)]
}
