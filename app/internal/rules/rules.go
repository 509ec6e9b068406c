// Package rules folds the events of one case and judges it: which clocks run,
// when they run out, and what the law, the published promises and the
// department's own duties were broken by. It is pure: a verdict is a function
// of what it is given, the calendar, the settings and the moment asked about.
// It reads no clock, does no I/O and keeps no history, so it does not matter in
// which order or in which batches the facts arrived.
//
// A verdict knows only what had happened by its moment: events, filings and
// reports dated later are left out until then. Deadlines are compared in whole
// seconds; the second of the deadline itself is still in time.
package rules

import (
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Settings are what an office may decide for itself.
type Settings struct {
	Mode workday.Mode // how days are counted

	// How long before the main clock's due time V01 warns, by the limit's unit.
	WarnWorkingDays  int
	WarnCalendarDays int
	WarnWorkingHours int

	NoticeDays      int // working days in which papers are accepted or found wanting (art. 32)
	FilingGraceDays int // working days after a negative decision in which it must be filed
	ReportGraceDays int // working days after running over in which a case must be reported

	BackEntry time.Duration // office time after which a late entry is back-entry (补录)
	ClockSkew time.Duration // how far an entry may precede its fact without contradiction

	// RollOver moves a calendar-day limit that ends on a rest day to the next
	// working day (Civil Code art. 203), for items of the Licensing regime and others
	// that ask for it.
	RollOver bool

	// SupplementPauses are the items, as department/code, whose limits the office
	// lets stand still while papers are awaited after acceptance. None by default:
	// art. 45 of the Licensing Law does not list supplements.
	SupplementPauses []string

	// A pause that begins with no more than this share of the limit left, in
	// percent, is looked at (V12).
	PauseNearEnd int
	// A case is looked at (V12) from the pause after this many on, and from the
	// third one on if the clock stood still for this share of its days, in percent; from
	// the second one on if it did so for longer than the limit itself.
	PausesMost  int
	PausedShare int
}

// DefaultSettings are those of the reference office.
func DefaultSettings() Settings {
	return Settings{
		Mode:             workday.Civil,
		WarnWorkingDays:  1,
		WarnCalendarDays: 7,
		WarnWorkingHours: 4,
		NoticeDays:       5,
		FilingGraceDays:  1,
		ReportGraceDays:  1,
		BackEntry:        8 * time.Hour,
		ClockSkew:        5 * time.Minute,
		RollOver:         true,
		PauseNearEnd:     10,
		PausesMost:       3,
		PausedShare:      80,
	}
}

// Duties are the reports that a department's adapter has undertaken to send.
// What a department never sends cannot be missed, so the rules that compare
// against a report hold only where its duty is declared.
type Duties struct {
	Rejections     bool
	Overdue        bool
	Authorizations bool
	// Of a duty that is not declared any more, the moment until which it was: what
	// was missed by then was missed. Zero where it never was declared.
	RejectionsUntil     time.Time
	OverdueUntil        time.Time
	AuthorizationsUntil time.Time
}

// owed reports whether a duty was declared at a moment. One that is declared holds
// for all that was before, too.
func owed(declared bool, until, at time.Time) bool {
	return declared || !until.IsZero() && !at.After(until)
}

// Subject is everything known of one case. Judge never changes it.
type Subject struct {
	Item           *approval.Item             // never nil: events of unknown items are not judged
	Events         []approval.Event           // of this case, in any order
	Filings        []approval.RejectionFiling // of this case, in any order
	OverdueReports []approval.OverdueReport   // of this case, in any order
	Authorizations []approval.Authorization   // all of the department, in any order
	Duties         Duties
}

// Judge judges cases under one calendar and one set of settings. It may be
// used by many goroutines at once.
type Judge struct {
	cal     *workday.Calendar
	set     Settings
	scratch sync.Pool // of *judgement, so that an ordinary case allocates little
}

// New returns a judge.
func New(cal *workday.Calendar, s Settings) *Judge {
	return &Judge{cal: cal, set: s}
}
