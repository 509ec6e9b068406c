package casefile

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// unlistedAhead is how many days ahead a year without a holiday list is looked for.
const unlistedAhead = 60

// calendarWarnings warns of each year without a holiday list that an open case
// reaches into. Where none does, nothing is counted wrongly, and there is nothing
// to be alarmed about.
func (v *View) calendarWarnings(of *only, departments []Department) ([]Warning, error) {
	out := []Warning{}
	cal := v.judge.Calendar()
	today := cal.DateOf(v.now)
	for _, year := range cal.Unlisted(today, today+unlistedAhead) {
		reached, err := v.reaches(of, departments, year)
		if err != nil {
			return nil, err
		}
		if !reached {
			continue
		}
		out = append(out, Warning{Code: fmt.Sprintf("calendar_%d", year),
			ZH: fmt.Sprintf("%d 年的节假日安排尚未导入，涉及该年的时限只按周末推算，可能有误。请在“设置 · 节假日”导入。", year),
			EN: fmt.Sprintf("The holiday list of %d has not been imported: limits that reach into it are computed with plain weekends and may be wrong. Import it under Settings · Holidays.", year)})
	}
	return out, nil
}

// reaches tells whether an open case is counted in a year: it comes due in it or
// later, or it is open in it.
func (v *View) reaches(of *only, departments []Department, year int) (bool, error) {
	begin := v.judge.Calendar().StartOf(workday.NewDate(year, time.January, 1))
	for i := range departments {
		d := &departments[i]
		if at := d.AsOf; d.Figures.Open > 0 && !v.now.Before(begin) && (at.IsZero() || !at.Before(begin)) {
			return true, nil
		}
	}
	w := &store.Where{}
	w.Add("year >= ? AND open > 0", year)
	of.counted(w)
	var yes bool
	err := v.tx.QueryRowContext(v.ctx, `SELECT EXISTS (SELECT 1 FROM due_years`+w.SQL()+`)`, w.Args...).Scan(&yes)
	return yes, err
}
