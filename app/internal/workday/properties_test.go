package workday

import (
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"pgregory.net/rapid"
)

var (
	modes = []Mode{Civil, Strict}
	units = []approval.Unit{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours, approval.Seconds, approval.WorkingSeconds}
)

func drawAny(t *rapid.T) (Mode, Question, time.Time) {
	q, now := drawQuestion(t, rapid.SampledFrom(units).Draw(t, "unit"), 60)
	q.RollOver = rapid.Bool().Draw(t, "roll over")
	return rapid.SampledFrom(modes).Draw(t, "mode"), q, now
}

// What an answer says of itself never contradicts itself.
func TestAnswersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		a := office.Reckon(mode, q, now)
		if a.Due.Before(a.DueWithoutPauses) {
			t.Fatalf("due %v, and %v without pauses", a.Due, a.DueWithoutPauses)
		}
		if a.Over && !a.OverWithoutPauses {
			t.Fatal("over, but not without pauses")
		}
		if a.Over != !a.OverAt.IsZero() || a.OverAt.After(a.Due) {
			t.Fatalf("over %v, lapsed %v, due %v", a.Over, a.OverAt, a.Due)
		}
		moment := now
		if !q.End.IsZero() && q.End.Before(now) {
			moment = q.End
		}
		if a.Over != (moment.After(a.Due) || a.Over && !a.OverAt.Equal(a.Due)) {
			t.Fatalf("at %v, due %v: over %v", moment, a.Due, a.Over)
		}
		if !a.Over && a.Remaining < 0 || a.Over && a.Remaining > 0 {
			t.Fatalf("over %v with %d remaining", a.Over, a.Remaining)
		}
		if !q.RollOver && a.Elapsed+a.Remaining != q.Limit.N {
			t.Fatalf("elapsed %d and remaining %d of %d", a.Elapsed, a.Remaining, q.Limit.N)
		}
		if sum := a.ElapsedTime + a.RemainingTime; a.ElapsedTime != 0 && !q.RollOver && q.Limit.Unit <= approval.WorkingHours && sum%time.Hour != 0 {
			t.Fatalf("elapsed %v and remaining %v", a.ElapsedTime, a.RemainingTime)
		}
	})
}

// Pausing cannot make a case due earlier, nor late; nor can order matter.
func TestAPauseNeverHarms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		a := office.Reckon(mode, q, now)
		more := q
		more.Pauses = append([]Pause{drawPause(t, func(name string) time.Time {
			return q.Start.Add(time.Duration(rapid.IntRange(-24*60, 60*24*60).Draw(t, name)) * time.Minute)
		})}, q.Pauses...)
		b := office.Reckon(mode, more, now)
		if b.Due.Before(a.Due) || b.Elapsed > a.Elapsed || b.Over && !a.Over || !b.DueWithoutPauses.Equal(a.DueWithoutPauses) {
			t.Fatalf("with a pause more:\n%+v\nwithout:\n%+v", b, a)
		}
		if len(more.Pauses) > 1 {
			more.Pauses = append(more.Pauses[1:], more.Pauses[0])
			if c := office.Reckon(mode, more, now); c != b {
				t.Fatalf("in another order:\n%+v\nfirst:\n%+v", c, b)
			}
		}
	})
}

// Time only adds: nothing that has elapsed, is due or is over is taken back.
// (What remains may grow where a pause makes the last day a rest day.)
func TestMonotoneInNow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		later := now.Add(time.Duration(rapid.IntRange(0, 30*24*3600).Draw(t, "later")) * time.Second)
		a, b := office.Reckon(mode, q, now), office.Reckon(mode, q, later)
		if a.PausedNow && b.Elapsed == a.Elapsed-1 {
			t.Skip("the pause lasted through the day on which it stood still")
		}
		if b.Elapsed < a.Elapsed || b.Paused < a.Paused || b.Due.Before(a.Due) || a.Over && !b.Over || !q.RollOver && b.Remaining > a.Remaining {
			t.Fatalf("at %v:\n%+v\nat %v:\n%+v", now, a, later, b)
		}
		if a.Over && !a.OverAt.Equal(b.OverAt) {
			t.Fatalf("the due time that passed was %v, later %v", a.OverAt, b.OverAt)
		}
	})
}

// A case is over exactly from the second after Due, if nothing else happens.
func TestTheSecondAfterDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		q.End = time.Time{}
		for i := range q.Pauses {
			if q.Pauses[i].To.IsZero() {
				q.Pauses[i].To = now
			}
		}
		due := office.Reckon(mode, q, q.Start.AddDate(2, 0, 0)).OverAt
		if a := office.Reckon(mode, q, due); a.Over {
			t.Fatalf("over at due %v", due)
		}
		if a := office.Reckon(mode, q, due.Add(time.Second)); !a.Over || !a.OverAt.Equal(due) {
			t.Fatalf("a second after %v: %+v", due, a)
		}
	})
}

// A running clock's due time tells what its answer says, unless it says that it
// cannot.
func TestTheDueTimeTellsARunningClock(t *testing.T) {
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		q.End = time.Time{}
		a := office.Reckon(mode, q, now)
		if a.PausedNow {
			t.Skip("it stands still")
		}
		r := Running{Due: a.Due, Limit: q.Limit, RollOver: q.RollOver}
		if used, known := office.Used(mode, r, now); known {
			told++
			if used != a.Elapsed {
				t.Fatalf("%d used by the due time, %d by the answer: %+v", used, a.Elapsed, a)
			}
		}
		if over, known := office.Over(mode, r, now); known && a.Over && over != -a.Remaining {
			t.Fatalf("over by %d by the due time, %d by the answer: %+v", over, -a.Remaining, a)
		}
	})
	if told == 0 {
		t.Error("no due time told anything")
	}
}

// Ten calendar days from 9 October 2026 end on Monday the 19th. A pause from the
// 20th to the 23rd moves that to the 22nd, and on the 26th the clock is four days
// over: no rest day was in the way.
func TestAPauseAfterTheEndIsNoRestDay(t *testing.T) {
	q := Question{Start: at("2026-10-09 23:31"), Limit: calendar(10), RollOver: true, Pauses: []Pause{pause("2026-10-20 07:31", "2026-10-23 05:31")}}
	a := office.Reckon(Civil, q, at("2026-10-26 12:45"))
	if !a.Over || a.Elapsed != 14 || a.Remaining != -4 || office.DateOf(a.Due) != office.DateOf(at("2026-10-22 12:00")) {
		t.Errorf("%+v", a)
	}
}

// Saturday 5 December 2026 is moved to Monday the 7th: of that Monday nobody can
// say how much was used before, of a Friday everybody can.
func TestAMovedDueTimeDoesNotTellWhatIsUsed(t *testing.T) {
	r := Running{Due: at("2026-12-07 23:59").Add(59 * time.Second), Limit: calendar(7), RollOver: true}
	if used, known := office.Used(Civil, r, at("2026-12-01 10:00")); known {
		t.Errorf("%d used", used)
	}
	r.Due = at("2026-12-04 23:59").Add(59 * time.Second)
	if used, known := office.Used(Civil, r, at("2026-12-01 10:00")); !known || used != 4 {
		t.Errorf("%d used, known %v", used, known)
	}
}

// The strip shows what the answer says.
func TestDaysAgreeWithTheAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		a := office.Reckon(mode, q, now)
		moment := now
		if !q.End.IsZero() && q.End.Before(now) {
			moment = q.End
		}
		elapsed, dueDays := 0, 0
		for _, m := range office.Days(mode, q, now) {
			if m.N > 0 && m.Date < office.DateOf(moment) {
				elapsed = m.N
			}
			if m.Due {
				dueDays++
				if m.Date != office.DateOf(a.Due) {
					t.Fatalf("due is marked on %v, not %v", m.Date, a.Due)
				}
			}
			if m.Over && (!a.Over || m.Date <= office.DateOf(a.OverAt)) {
				t.Fatalf("%v is marked over", m.Date)
			}
		}
		if a.Elapsed < elapsed || dueDays != 1 {
			t.Fatalf("%d units are used up before the last day, %d by the answer; %d due days", elapsed, a.Elapsed, dueDays)
		}
	})
}

func BenchmarkReckon(b *testing.B) {
	start := at("2026-09-22 10:00").UTC()
	pauses := []Pause{pause("2026-09-25 09:00", "2026-09-28 16:00"), pause("2026-10-09 09:00", "2026-10-09 16:00")}
	for name, c := range map[string]struct {
		mode  Mode
		limit approval.Limit
	}{
		"civil working days":  {Civil, days(10)},
		"civil calendar days": {Civil, calendar(20)},
		"strict working days": {Strict, days(10)},
		"working hours":       {Civil, hoursOf(30)},
	} {
		q := Question{Start: start, Limit: c.limit, Pauses: pauses, RollOver: true}
		now := at("2026-10-12 10:00").UTC()
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				office.Reckon(c.mode, q, now)
			}
		})
	}
}

// Every event of a million cases is reckoned, so an answer may not allocate.
func TestReckonDoesNotAllocate(t *testing.T) {
	q := Question{Start: at("2026-09-22 10:00"), Limit: days(10), RollOver: true}
	for range 8 {
		q.Pauses = append(q.Pauses, pause("2026-09-25 09:00", "2026-09-28 16:00"))
	}
	now := at("2026-10-12 10:00")
	for _, mode := range modes {
		for _, unit := range units {
			q.Limit.Unit = unit
			if n := testing.AllocsPerRun(100, func() { office.Reckon(mode, q, now) }); n != 0 {
				t.Errorf("mode %d, unit %d: %v allocations", mode, unit, n)
			}
		}
	}
}

// R19: lists count a running clock on from its due time; of one that stood still, too, they
// say what its answer says, or ask for it. Ten calendar days from 19 February end on Sunday
// 1 March, so on Monday the 2nd; a pause took out that day, and what it had left of it went
// on on the 3rd.
func TestR19TheDueTimeTellsAClockThatStoodStillOnce(t *testing.T) {
	q := Question{Start: at("2026-02-19 15:45"), Limit: calendar(10), Pauses: []Pause{pause("2026-03-02 00:00", "2026-03-03 11:10")}, RollOver: true}
	now := at("2026-03-28 23:59")
	a := office.Reckon(Civil, q, now)
	used, known := office.Used(Civil, Running{Due: a.Due, Limit: q.Limit, RollOver: true, Paused: true}, now)
	if a.Elapsed != 35 || !a.Due.Equal(at("2026-03-03 17:30")) || known && used != 35 {
		t.Fatalf("%d used, by the due time %d, which is known: %v; due %v", a.Elapsed, used, known, a.Due)
	}
	rapid.Check(t, func(t *rapid.T) {
		mode, q, now := drawAny(t)
		q.End, q.Extension = time.Time{}, approval.Limit{}
		from := q.Start.Add(time.Duration(rapid.Int64Range(0, 20*86400).Draw(t, "until the pause")) * time.Second)
		q.Pauses = []Pause{{From: from, To: from.Add(time.Duration(rapid.Int64Range(0, 5*86400).Draw(t, "paused")) * time.Second)}}
		a := office.Reckon(mode, q, now)
		if a.PausedNow || now.Before(from) {
			t.Skip("it stands still, or did not")
		}
		r := Running{Due: a.Due, Limit: q.Limit, RollOver: q.RollOver, Paused: true}
		if used, known := office.Used(mode, r, now); known && used != a.Elapsed {
			t.Fatalf("%d used by the due time, %d by the answer: %+v", used, a.Elapsed, a)
		}
	})
}
