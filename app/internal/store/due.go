package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// DueSlot is the time within which open cases that come due are counted together.
// Slots are numbered from 1970 UTC (table due); a day of the office is whole slots.
const DueSlot = 10 * time.Minute

// SlotOf is the number of the slot that a moment is in.
func SlotOf(t time.Time) int64 { return slotOf(t.UnixMicro()) }

func slotOf(micros int64) int64 { return micros / DueSlot.Microseconds() }

// dueKey is a department's slot, or its year.
type dueKey struct{ at, dept int64 }

// dueLevels counts open cases without a warning, with one, yellow and red ones.
type dueLevels struct{ none, warn, yellow, red int64 }

// of is the count that cases of a level are in.
func (n *dueLevels) of(level uint8) *int64 {
	switch level {
	case LevelRed:
		return &n.red
	case LevelYellow:
		return &n.yellow
	case LevelWarn:
		return &n.warn
	}
	return &n.none
}

// dueTally collects what comes due: open cases by slot and level, and by the year
// that they reach into, which is that of the later of their two limits.
type dueTally struct {
	slots map[dueKey]*dueLevels
	years map[dueKey]int64
}

func newDueTally() dueTally {
	return dueTally{map[dueKey]*dueLevels{}, map[dueKey]int64{}}
}

func (d *dueTally) clear() {
	clear(d.slots)
	clear(d.years)
}

// come counts an open case where it comes due (sign 1), or takes it out (sign −1).
func (t *tally) come(c *CaseRow, sign int64) {
	if c.Ended != 0 {
		return
	}
	if c.Due > 0 {
		k := dueKey{slotOf(c.Due), c.Dept}
		n := t.due.slots[k]
		if n == nil {
			n = &dueLevels{}
			t.due.slots[k] = n
		}
		*n.of(c.Level) += sign
	}
	if last := max(c.Due, c.StatutoryDue); last > 0 {
		t.due.years[dueKey{int64(t.cal.DateOf(time.UnixMicro(last)).Year()), c.Dept}] += sign
	}
}

// addDue writes what the transaction counted. A slot that nothing comes due in any
// more has no row.
func (w *Writer) addDue() error {
	put := w.c.prepare(`INSERT INTO due (slot, dept, none, warn, yellow, red) VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
		none = none + excluded.none, warn = warn + excluded.warn, yellow = yellow + excluded.yellow, red = red + excluded.red`)
	tidy := w.c.prepare(`DELETE FROM due WHERE slot = ? AND dept = ? AND none = 0 AND warn = 0 AND yellow = 0 AND red = 0`)
	for k, n := range w.figures.due.slots {
		if *n == (dueLevels{}) {
			continue
		}
		if err := put.exec(k.at, k.dept, n.none, n.warn, n.yellow, n.red); err != nil {
			return err
		}
		if min(n.none, n.warn, n.yellow, n.red) < 0 {
			if err := tidy.exec(k.at, k.dept); err != nil {
				return err
			}
		}
	}
	year := w.c.prepare(`INSERT INTO due_years (year, dept, open) VALUES (?,?,?) ON CONFLICT DO UPDATE SET open = open + excluded.open`)
	for k, n := range w.figures.due.years {
		if n == 0 {
			continue
		}
		if err := year.exec(k.at, k.dept, n); err != nil {
			return err
		}
	}
	w.figures.due.clear()
	return nil
}

// storedDue reads what is counted of what comes due.
func (t *Reader) storedDue() (dueTally, error) {
	d := newDueTally()
	err := t.c.prepare(`SELECT slot, dept, none, warn, yellow, red FROM due`).each(func(r []driver.Value) error {
		d.slots[dueKey{integer(r[0]), integer(r[1])}] = &dueLevels{none: integer(r[2]), warn: integer(r[3]), yellow: integer(r[4]), red: integer(r[5])}
		return nil
	})
	if err != nil {
		return d, err
	}
	err = t.c.prepare(`SELECT year, dept, open FROM due_years`).each(func(r []driver.Value) error {
		d.years[dueKey{integer(r[0]), integer(r[1])}] = integer(r[2])
		return nil
	})
	return d, err
}

// differences names the slots and years whose counts are others than those of
// another tally.
func (d *dueTally) differences(o *dueTally) (out []string) {
	count := func(t *dueTally, k dueKey) (n dueLevels) {
		if p := t.slots[k]; p != nil {
			n = *p
		}
		return n
	}
	for _, keys := range []map[dueKey]*dueLevels{d.slots, o.slots} {
		for k := range keys {
			if count(d, k) != count(o, k) {
				out = append(out, fmt.Sprintf("department %d, due from %s", k.dept, time.UnixMicro(k.at*DueSlot.Microseconds()).UTC().Format(time.RFC3339)))
			}
		}
	}
	for _, keys := range []map[dueKey]int64{d.years, o.years} {
		for k := range keys {
			if d.years[k] != o.years[k] {
				out = append(out, fmt.Sprintf("department %d, open into %d", k.dept, k.at))
			}
		}
	}
	return out
}
