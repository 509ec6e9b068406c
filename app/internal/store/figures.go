package store

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// counters is what one case, or a day's worth of them, adds to the figures.
type counters struct {
	open, paused, warn, yellow, red     int64
	received, ended, rejected, findings int64
	onTheSpot, committed, early, used   int64
	averaged                            int64 // of committed, those whose limit is in working days: used is of these
}

func (a *counters) add(b counters, sign int64) {
	a.open += sign * b.open
	a.paused += sign * b.paused
	a.warn += sign * b.warn
	a.yellow += sign * b.yellow
	a.red += sign * b.red
	a.received += sign * b.received
	a.ended += sign * b.ended
	a.rejected += sign * b.rejected
	a.findings += sign * b.findings
	a.onTheSpot += sign * b.onTheSpot
	a.committed += sign * b.committed
	a.early += sign * b.early
	a.used += sign * b.used
	a.averaged += sign * b.averaged
}

// tally collects what cases and findings add to the board's counters.
type tally struct {
	cal   *workday.Calendar // for the office's days
	days  map[figureKey]*counters
	due   dueTally
	kinds kinds
}

// figureKey is a department's day; day 0 holds what hangs on no day.
type figureKey struct {
	dept int64
	day  workday.Date
}

func newTally(cal *workday.Calendar) tally {
	return tally{cal, map[figureKey]*counters{}, newDueTally(), kinds{}}
}

func (t *tally) clear() {
	clear(t.days)
	t.due.clear()
	clear(t.kinds)
}

// on is the counters of the day that a moment is in.
func (t *tally) on(dept, micros int64) *counters {
	return t.at(figureKey{dept, t.cal.DateOf(time.UnixMicro(micros))})
}

func (t *tally) at(k figureKey) *counters {
	c := t.days[k]
	if c == nil {
		c = &counters{}
		t.days[k] = c
	}
	return c
}

// add counts a new case.
func (t *tally) add(c *CaseRow) {
	t.count(c, 1)
	t.come(c, 1)
	t.kinds[c.kind()]++
}

// move counts a case as it has become, in place of as it was. Most events of a case
// move none of its counts.
func (t *tally) move(old, c *CaseRow) {
	if old.Received != c.Received || old.Ended != c.Ended || old.Level != c.Level || old.Flags != c.Flags || c.Ended != 0 && (old.Used != c.Used || old.LimitUnit != c.LimitUnit) {
		t.count(old, -1)
		t.count(c, 1)
	}
	if old.Ended != c.Ended || old.Due != c.Due || old.StatutoryDue != c.StatutoryDue || c.Ended == 0 && old.Level != c.Level {
		t.come(old, -1)
		t.come(c, 1)
	}
	t.kinds.turn(old, c)
}

// count adds a case to the counters (sign 1) or takes it out (sign −1).
func (t *tally) count(c *CaseRow, sign int64) {
	if c.Received > 0 {
		t.on(c.Dept, c.Received).received += sign
	}
	if c.Ended != 0 {
		day := t.on(c.Dept, c.Ended)
		day.ended += sign
		if c.Flags&FlagNegative != 0 {
			day.rejected += sign
		}
	}
	t.at(figureKey{dept: c.Dept}).add(c.standing(), sign)
}

// CommittedCases is the condition of the cases that standing counts as committed,
// for lists to be narrowed to what a figure counts.
var CommittedCases = fmt.Sprintf("ended_at > 0 AND flags & %d = 0 AND flags & %d > 0", FlagOnTheSpot, limited)

// limited are the flags of cases that have a limit to end before: a promise, or the
// one limit of an item whose regime knows no other.
const limited = FlagPromised | FlagOnlyLimit

// workingDays is approval.WorkingDays, as rows have it.
const workingDays = 1

// standing is what a case adds to the counters that hang on no day.
func (c *CaseRow) standing() counters {
	if c.Ended == 0 {
		return counters{received: 1, open: 1, paused: Bool(c.Flags&FlagPausedNow != 0),
			warn: Bool(c.Level == LevelWarn), yellow: Bool(c.Level == LevelYellow), red: Bool(c.Level == LevelRed)}
	}
	n := counters{received: 1, ended: 1, rejected: Bool(c.Flags&FlagNegative != 0)}
	switch {
	case c.Flags&FlagOnTheSpot != 0:
		n.onTheSpot = 1
	case c.Flags&limited != 0:
		n.committed, n.early = 1, Bool(c.Flags&FlagEarly != 0)
		if c.LimitUnit == workingDays { // a mean of days and of hours is none
			n.averaged, n.used = 1, int64(c.Used)
		}
	}
	return n
}

// addFigures writes what the transaction counted.
func (w *Writer) addFigures() error {
	put := w.c.prepare(`INSERT INTO figures (` + figureColumns + `)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET open = open + excluded.open, paused = paused + excluded.paused,
		warn = warn + excluded.warn, yellow = yellow + excluded.yellow, red = red + excluded.red,
		received = received + excluded.received, ended = ended + excluded.ended, rejected = rejected + excluded.rejected,
		findings = findings + excluded.findings, on_the_spot = on_the_spot + excluded.on_the_spot,
		committed = committed + excluded.committed, early = early + excluded.early, used = used + excluded.used,
		averaged = averaged + excluded.averaged`)
	for k, c := range w.figures.days {
		if *c == (counters{}) {
			continue
		}
		if err := put.exec(k.dept, int64(k.day), c.open, c.paused, c.warn, c.yellow, c.red, c.received, c.ended,
			c.rejected, c.findings, c.onTheSpot, c.committed, c.early, c.used, c.averaged); err != nil {
			return err
		}
	}
	clear(w.figures.days)
	if err := w.addDue(); err != nil {
		return err
	}
	return w.addKinds()
}

const figureColumns = `dept, day, open, paused, warn, yellow, red, received, ended, rejected, findings, on_the_spot, committed, early, used, averaged`

// RecountFigures counts all cases and findings again and names the first
// department and day, moment of coming due or kind whose counters differ; empty if none does.
func (t *Reader) RecountFigures() (string, error) {
	counted, err := t.recount()
	if err != nil {
		return "", err
	}
	stored, err := t.storedFigures()
	if err != nil {
		return "", err
	}
	var differs []string
	for k, s := range stored {
		if c := *counted.at(k); s != c {
			differs = append(differs, fmt.Sprintf("department %d, %s", k.dept, dayName(k.day)))
		}
	}
	for k, c := range counted.days {
		if _, known := stored[k]; !known && *c != (counters{}) {
			differs = append(differs, fmt.Sprintf("department %d, %s", k.dept, dayName(k.day)))
		}
	}
	due, err := t.storedDue()
	if err != nil {
		return "", err
	}
	differs = append(differs, due.differences(&counted.due)...)
	ofKinds, err := t.storedKinds()
	if err != nil {
		return "", err
	}
	differs = append(differs, ofKinds.differences(counted.kinds)...)
	found, err := t.findingDifferences()
	if err != nil {
		return "", err
	}
	differs = append(differs, found...)
	if len(differs) == 0 {
		return "", nil
	}
	return slices.Min(differs), nil
}

// recount counts all cases and findings.
func (t *Reader) recount() (tally, error) {
	n := newTally(t.cal)
	err := t.c.prepare(`SELECT ` + caseColumns + ` FROM cases`).each(func(r []driver.Value) error {
		c := scanCase(r)
		n.add(&c)
		return nil
	})
	if err != nil {
		return n, err
	}
	err = t.c.prepare(`SELECT dept, raised_at FROM findings`).each(func(r []driver.Value) error {
		if raised := integer(r[1]); raised > 0 {
			n.on(integer(r[0]), raised).findings++
		}
		return nil
	})
	return n, err
}

func (t *Reader) storedFigures() (map[figureKey]counters, error) {
	out := map[figureKey]counters{}
	err := t.c.prepare(`SELECT ` + figureColumns + ` FROM figures`).each(func(r []driver.Value) error {
		out[figureKey{integer(r[0]), workday.Date(integer(r[1]))}] = counters{
			open: integer(r[2]), paused: integer(r[3]), warn: integer(r[4]), yellow: integer(r[5]), red: integer(r[6]),
			received: integer(r[7]), ended: integer(r[8]), rejected: integer(r[9]), findings: integer(r[10]),
			onTheSpot: integer(r[11]), committed: integer(r[12]), early: integer(r[13]), used: integer(r[14]), averaged: integer(r[15])}
		return nil
	})
	return out, err
}

func dayName(d workday.Date) string {
	if d == 0 {
		return "of all days"
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly)
}
