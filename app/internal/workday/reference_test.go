package workday

import (
	"slices"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/sdk/holidays"
	"pgregory.net/rapid"
)

// The reference counts as a clerk with a wall calendar would: day by day, or
// minute by minute, with nothing precomputed.

var listedDays = func() map[string]bool {
	off := map[string]bool{}
	for _, y := range holidays.Embedded() {
		for _, d := range y.Days {
			off[d.Date] = d.Off
		}
	}
	return off
}()

func refWorks(t time.Time) bool {
	if t.Year() == 2027 && slices.Contains([]string{"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}, t.Format("01-02")) {
		return false
	}
	if off, ok := listedDays[t.Format(time.DateOnly)]; ok {
		return !off
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, office.Zone())
}

// refSpans are the pauses as known at the moment, those that touch as one.
func refSpans(q Question, moment time.Time) (spans []Pause) {
	for _, p := range q.Pauses {
		if p.From.After(moment) {
			continue
		}
		if p.To.IsZero() || p.To.After(moment) {
			p.To = moment
		}
		if p.To.Before(q.Start) {
			continue
		}
		if p.From.Before(q.Start) {
			p.From = q.Start
		}
		spans = append(spans, p)
	}
	slices.SortFunc(spans, func(a, b Pause) int { return a.From.Compare(b.From) })
	merged := spans[:0]
	for _, p := range spans {
		if n := len(merged); n > 0 && !p.From.After(merged[n-1].To) {
			if p.To.After(merged[n-1].To) {
				merged[n-1].To = p.To
			}
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// refPaused reports whether a day is taken out, as known at the moment: a pause
// takes out the days after its first up to its last, but not its last if the next
// one begins on it after office hours between the two, or if it saw less than a
// quarter of an office day.
func refPaused(q Question, day, moment time.Time) bool {
	open := q.End.IsZero() || q.End.After(moment)
	for i, spans := 0, refSpans(q, moment); i < len(spans); i++ {
		p := spans[i]
		if !day.After(midnight(p.From)) || day.After(midnight(p.To)) {
			continue
		}
		standing := open && slices.ContainsFunc(q.Pauses, func(p Pause) bool {
			return !p.From.After(moment) && (p.To.IsZero() || p.To.After(moment))
		})
		if !day.Equal(midnight(p.To)) || standing && p.To.Equal(moment) {
			return true
		}
		between := i+1 < len(spans) && midnight(spans[i+1].From).Equal(day) && office.WorkingTime(p.To, spans[i+1].From) > 0
		overnight := q.Limit.Unit == approval.WorkingDays && !p.To.Equal(day) && refWorks(day) &&
			office.WorkingTime(p.From, p.To) < 7*time.Hour/4
		if !between && !overnight {
			return true
		}
	}
	return false
}

// refWholly walks through the minutes of a calendar day that count, those of the
// office's hours or all of a day of rest: it is paused if each was, but that of the
// moment not yet while the clock stands still.
func refWholly(q Question, day, moment time.Time) bool {
	if day.Equal(midnight(moment)) && refStands(q, moment) {
		return false
	}
	if !slices.ContainsFunc(q.Pauses, func(p Pause) bool {
		return !midnight(p.From).After(day) && (p.To.IsZero() || !p.To.Before(day))
	}) {
		return false
	}
	for minute := range 24 * 60 {
		t := day.Add(time.Duration(minute) * time.Minute)
		if refWorks(day) && (minute < 510 || minute >= 720 && minute < 840 || minute >= 1050) {
			continue
		}
		in := slices.ContainsFunc(q.Pauses, func(p Pause) bool {
			return !p.From.After(moment) && !t.Before(p.From) && (p.To.IsZero() || t.Before(p.To))
		})
		if !in {
			return false
		}
	}
	return true
}

func refStands(q Question, moment time.Time) bool {
	return slices.ContainsFunc(q.Pauses, func(p Pause) bool {
		return !p.From.After(moment) && (p.To.IsZero() || p.To.After(moment))
	})
}

type refAnswer struct {
	due, bare               time.Time
	elapsed, paused, onAxis int
}

// refCivil walks from the day after the start.
func refCivil(q Question, now time.Time) refAnswer {
	moment := now
	if !q.End.IsZero() && q.End.Before(now) {
		moment = q.End
	}
	counts := func(day time.Time) bool { return q.Limit.Unit == approval.CalendarDays || refWorks(day) }
	closes := func(day time.Time) time.Time {
		return day.Add(17*time.Hour + 30*time.Minute)
	}
	var r refAnswer
	for day := midnight(q.Start).AddDate(0, 0, 1); !day.After(midnight(moment)); day = day.AddDate(0, 0, 1) {
		if !counts(day) {
			continue
		}
		r.onAxis++
		paused := refPaused(q, day, moment)
		if q.Limit.Unit == approval.CalendarDays {
			paused = refWholly(q, day, moment)
		}
		if paused {
			r.paused++
		} else {
			r.elapsed++
		}
	}
	// One that stood still from its beginning begins when it goes on, on a day that is not counted.
	if day, second := midnight(q.Start), q.Start.Sub(midnight(q.Start)); q.Limit.Unit == approval.CalendarDays && !q.RollOver &&
		(second == 0 || refWorks(day) && second <= 8*time.Hour+30*time.Minute) && refWholly(q, day, moment) {
		r.paused++
		r.elapsed--
	}
	n := 0
	for day := midnight(q.Start).AddDate(0, 0, 1); r.due.IsZero(); day = day.AddDate(0, 0, 1) {
		if counts(day) {
			n++
		}
		if n == q.Limit.N && r.bare.IsZero() {
			r.bare = closes(day)
		}
		if n == q.Limit.N+r.paused {
			r.due = closes(day)
		}
	}
	return r
}

// refMinutes walks minute by minute; all of the question lies on minutes.
func refMinutes(mode Mode, q Question, now time.Time) refAnswer {
	moment := now
	if !q.End.IsZero() && q.End.Before(now) {
		moment = q.End
	}
	unit := 24 * 60
	if q.Limit.Unit == approval.WorkingHours {
		unit = 60
	}
	day, worked := time.Time{}, false
	counts := func(t time.Time) bool {
		if !t.Before(day.Add(24 * time.Hour)) {
			day = midnight(t)
			worked = refWorks(day)
		}
		switch minute := int(t.Sub(day) / time.Minute); {
		case q.Limit.Unit == approval.CalendarDays:
			return true
		case q.Limit.Unit == approval.WorkingDays:
			return worked
		default:
			return worked && (minute >= 510 && minute < 720 || minute >= 840 && minute < 1050)
		}
	}
	paused := func(t time.Time) bool {
		for _, p := range q.Pauses {
			if !t.Before(p.From) && (p.To.IsZero() || t.Before(p.To)) {
				return true
			}
		}
		return false
	}
	var r refAnswer
	for t := q.Start; t.Before(moment); t = t.Add(time.Minute) {
		if counts(t) {
			r.onAxis++
			if paused(t) {
				r.paused++
			} else {
				r.elapsed++
			}
		}
	}
	day = time.Time{}
	n := 0
	for t := q.Start; r.due.IsZero(); t = t.Add(time.Minute) {
		ticks := counts(t)
		// Hours end with the minute that uses them up; a day's clock, in the
		// next minute that would count.
		reached := func(limit int) bool { return n == limit && (q.Limit.Unit == approval.WorkingHours || ticks) }
		if r.bare.IsZero() && reached(q.Limit.N*unit) {
			r.bare = t
		}
		if reached(q.Limit.N*unit + r.paused) {
			r.due = t
		}
		if ticks {
			n++
		}
	}
	r.elapsed /= unit
	r.paused /= unit
	r.onAxis /= unit
	return r
}

// drawQuestion draws a clock on whole minutes of 2010–2027.
func drawQuestion(t *rapid.T, unit approval.Unit, spanDays int) (Question, time.Time) {
	start := at("2010-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 17*365*24*60).Draw(t, "start")) * time.Minute)
	later := func(name string) time.Time {
		return start.Add(time.Duration(rapid.IntRange(-24*60, spanDays*24*60).Draw(t, name)) * time.Minute)
	}
	most := spanDays / 2
	q := Question{Start: start, Limit: approval.Limit{N: rapid.IntRange(1, most).Draw(t, "limit"), Unit: unit}}
	for range rapid.IntRange(0, 4).Draw(t, "pauses") {
		q.Pauses = append(q.Pauses, drawPause(t, later))
	}
	if rapid.Bool().Draw(t, "ended") {
		q.End = later("end")
	}
	now := later("now")
	if now.Before(start) {
		now = start
	}
	return q, now
}

func drawPause(t *rapid.T, later func(string) time.Time) Pause {
	p := Pause{From: later("from")}
	if rapid.Bool().Draw(t, "closed") {
		p.To = later("to")
		if p.To.Before(p.From) {
			p.From, p.To = p.To, p.From
		}
	}
	return p
}

func compare(t *rapid.T, mode Mode, q Question, now time.Time, r refAnswer) {
	a := office.Reckon(mode, q, now)
	// What went by on days that pauses gave is the last day going on.
	given := r.elapsed - a.Elapsed
	if given < 0 || given > 0 && (a.Elapsed < q.Limit.N || len(q.Pauses) == 0) || a.Paused != r.paused+given || a.ElapsedWithoutPauses != r.onAxis {
		t.Fatalf("elapsed %d, paused %d, together %d; the reference has %d, %d, %d", a.Elapsed, a.Paused, a.ElapsedWithoutPauses, r.elapsed, r.paused, r.onAxis)
	}
	if !a.DueWithoutPauses.Equal(r.bare) {
		t.Fatalf("due without pauses %v, by the reference %v", a.DueWithoutPauses, r.bare)
	}
	// Due waits for the end of a pause that began with nothing left.
	if !a.MovedFrom.IsZero() || a.Remaining == 0 && !a.Over && a.Paused > 0 || !a.Over && now.After(r.due) && (q.End.IsZero() || q.End.After(r.due)) {
		if a.Due.Before(r.due) {
			t.Fatalf("due %v, by the reference not before %v", a.Due, r.due)
		}
	} else if !a.Over && !a.Due.Equal(r.due) {
		t.Fatalf("due %v, by the reference %v", a.Due, r.due)
	}
	if a.Elapsed > q.Limit.N && !a.Over && a.MovedFrom.IsZero() || a.Elapsed < q.Limit.N && a.Over {
		t.Fatalf("%d of %d units elapsed: over %v", a.Elapsed, q.Limit.N, a.Over)
	}
}

func TestCivilDaysAgreeWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]approval.Unit{approval.WorkingDays, approval.CalendarDays}).Draw(t, "unit")
		q, now := drawQuestion(t, unit, 90)
		if !q.End.IsZero() && q.End.Before(q.Start) {
			q.End = q.Start
		}
		compare(t, Civil, q, now, refCivil(q, now))
	})
}

func TestExactClocksAgreeWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]approval.Unit{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours}).Draw(t, "unit")
		mode := Strict
		if unit == approval.WorkingHours {
			mode = rapid.SampledFrom([]Mode{Civil, Strict}).Draw(t, "mode")
		}
		q, now := drawQuestion(t, unit, 14)
		if !q.End.IsZero() && q.End.Before(q.Start) {
			q.End = q.Start
		}
		compare(t, mode, q, now, refMinutes(mode, q, now))
	})
}
