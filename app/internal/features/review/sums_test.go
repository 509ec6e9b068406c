package review

import (
	"errors"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A third who comes to a review when it is due has five working days as well:
// from Wednesday 30 September over the National Day holidays, with Saturday 10
// October worked: 8, 9, 10, 12, 13 October.
func TestWhoComesLaterHasTheSameTime(t *testing.T) {
	o := open(t, 0)
	zone := workday.Default().Zone()
	due := time.Date(2026, 9, 30, 17, 30, 0, 0, zone)
	if got, want := o.limit(time.Date(2026, 9, 30, 12, 0, 0, 0, zone), due), time.Date(2026, 10, 13, 17, 30, 0, 0, zone); !got.Equal(want) {
		t.Errorf("%v, want %v", got.In(zone), want)
	}
	if got := o.limit(time.Date(2026, 9, 22, 12, 0, 0, 0, zone), due); !got.Equal(due) {
		t.Errorf("%v, want %v", got.In(zone), due)
	}
}

// Tuesday 22 September 2026; verdicts are due on Wednesday 30 September at 17:30.
func TestATallyStandsAsItWasAtTheEndOfTheSpan(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	o.sign()
	_, err := o.Draw(ctx, access.Here, o.overdueOf(0, 2)) // four reviews, all four for both
	o.Must(err)
	answer := func(id uint64) {
		t.Helper()
		o.Must(errors.Join(o.Declare(ctx, v, id, None, ""), o.Judge(ctx, v, id, Proper, nil, "")))
	}
	tally := func(p access.Principal, from, to string) Tally {
		t.Helper()
		got, err := o.Tally(ctx, p.Account, date(t, from), date(t, to))
		o.Must(err)
		return got
	}
	answer(1)
	o.Must(o.Declare(ctx, v, 2, Kin, ""))
	o.At("2026-09-30 17:31")          // a minute after the office closed
	_, err = o.Intake.Checkpoint(ctx) // of the day, as the console signs it
	o.Must(err)
	answer(3)
	o.At("2026-10-31 23:59")
	september := Tally{Assigned: 4, InTime: 1, Late: 1, OpenLate: 1, Interests: 1}
	if got := tally(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("%+v, want %+v", got, september)
	}
	if got, want := tally(v, "2026-09-22", "2026-09-22"), (Tally{Assigned: 4, InTime: 1, Open: 2, Interests: 1}); got != want {
		t.Errorf("of the first day: %+v, want %+v", got, want)
	}
	if got, want := tally(other, "2026-09-01", "2026-09-30"), (Tally{Assigned: 4, OpenLate: 4}); got != want {
		t.Errorf("of the other: %+v, want %+v", got, want)
	}
	if got := tally(v, "2026-10-01", "2026-10-31"); got != (Tally{}) {
		t.Errorf("of the month after: %+v", got)
	}
	// What comes later does not change what was told of September.
	o.Must(o.Declare(ctx, other, 4, Kin, ""))
	if got, want := tally(other, "2026-09-01", "2026-09-30"), (Tally{Assigned: 4, OpenLate: 4}); got != want {
		t.Errorf("of the other, changed afterwards to %+v", got)
	}
	if got := tally(other, "2026-09-01", "2026-10-31"); got.Interests != 1 || got.OpenLate != 3 {
		t.Errorf("of the other, to the end of October: %+v", got)
	}
	answer(4)
	if got := tally(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("changed afterwards to %+v", got)
	}
	if got := tally(v, "2026-09-01", "2026-10-31"); got.Late != 2 || got.OpenLate != 0 {
		t.Errorf("to the end of October: %+v", got)
	}
	o.Verify()
}

func TestWhenSomebodyLastAnsweredAndWhatTheyOwe(t *testing.T) {
	o := open(t, 2)
	r := o.one() // 22 September; due on the 30th
	idle, done := r.Seats[0].Account, access.Principal{Account: r.Seats[1].Account}
	o.Must(errors.Join(o.Declare(ctx, done, r.ID, None, ""), o.Judge(ctx, done, r.ID, Proper, nil, "")))
	if at, err := o.Active(ctx, done.Account, date(t, "2026-09-22")); err != nil || !at.Equal(o.Now) {
		t.Errorf("last at %v, %v", at, err)
	}
	if at, err := o.Active(ctx, done.Account, date(t, "2026-09-21")); err != nil || !at.IsZero() {
		t.Errorf("last before at %v, %v", at, err)
	}
	for by, want := range map[string]bool{"2026-09-29": false, "2026-09-30": true, "2026-12-31": true} {
		if owes, err := o.Owes(ctx, idle, date(t, by)); err != nil || owes != want {
			t.Errorf("at the end of %s: %v, %v", by, owes, err)
		}
	}
	if owes, err := o.Owes(ctx, o.Account("new", access.Volunteer, "").Account, date(t, "2026-12-31")); err != nil || owes {
		t.Errorf("who was never asked owes: %v, %v", owes, err)
	}
}
