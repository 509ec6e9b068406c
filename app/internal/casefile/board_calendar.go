package casefile

import (
	"fmt"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
	// unlistedAhead is how many days ahead a year without a holiday list is looked for.
	unlistedAhead = 60
	// reachKept is for how long it is known which open cases reach into such a year.
	reachKept = 5 * time.Second
)

// reach is what is known of open cases that reach into years without a holiday
// list: looking costs up to as much as all open cases are many.
type reach struct {
	mu    sync.Mutex
	found map[reachKey]reachFound
}

type reachKey struct {
	dept int64 // 0: all
	year int
}

type reachFound struct {
	at  time.Time // by the machine's clock
	yes bool
}

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
	open, id := of.open()
	key := reachKey{dept: id, year: year}
	v.reach.mu.Lock()
	known, ok := v.reach.found[key]
	v.reach.mu.Unlock()
	if ok && time.Since(known.at) < reachKept {
		return known.yes, nil
	}
	// The index of due times finds most; without a promise due_at is the statute's.
	var yes bool
	err := v.tx.QueryRowContext(v.ctx, `SELECT EXISTS (SELECT 1 FROM cases WHERE `+open+` AND due_at >= ?1)
		OR EXISTS (SELECT 1 FROM cases WHERE `+open+` AND statutory_due_at >= ?1)`, begin.UnixMicro(), nil, nil, nil, id).Scan(&yes)
	if err != nil {
		return false, err
	}
	v.reach.mu.Lock()
	defer v.reach.mu.Unlock()
	if v.reach.found == nil {
		v.reach.found = map[reachKey]reachFound{}
	}
	v.reach.found[key] = reachFound{time.Now(), yes}
	return yes, nil
}
