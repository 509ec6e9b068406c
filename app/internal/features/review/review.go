package review

import (
	"slices"
	"time"
)

// Kind is what sort of thing is reviewed.
type Kind string

const (
	Rejection     Kind = "rejection"     // 否定报备
	Overdue       Kind = "overdue"       // 超时
	Authorization Kind = "authorization" // 首席代表授权
	Finding       Kind = "finding"       // an irregularity that the console found
)

// Kinds lists the kinds.
var Kinds = []Kind{Rejection, Overdue, Authorization, Finding}

// Verdict is what a reviewer, or all of them together, came to.
type Verdict string

const (
	Proper     Verdict = "proper"      // 适当
	Improper   Verdict = "improper"    // 不当
	CannotTell Verdict = "cannot_tell" // 无法判断
)

// Verdicts lists the verdicts.
var Verdicts = []Verdict{Proper, Improper, CannotTell}

// Conflict is an interest that keeps a reviewer from a case. None is the
// declaration that there is none.
type Conflict string

const (
	None        Conflict = "none"
	Employer    Conflict = "employer"    // the department is or was one's employer
	Kin         Conflict = "kin"         // kin or a close friend is involved
	Application Conflict = "application" // one has an application there oneself
)

// Conflicts lists what can be declared.
var Conflicts = []Conflict{None, Employer, Kin, Application}

// reasons are what a reviewer may tick, by kind and verdict; free text may be
// added to any.
var reasons = map[Kind]map[Verdict][]string{
	Rejection: {
		Improper:   {"no_reason", "wrong_basis", "remedies_missing", "papers_were_complete", "could_be_supplemented", "told_twice"},
		CannotTell: {"papers_missing", "facts_disputed"},
	},
	Overdue: {
		Improper:   {"no_explanation", "explanation_untrue", "pause_abused", "extension_abused", "nobody_responsible"},
		CannotTell: {"papers_missing", "facts_disputed"},
	},
	Authorization: {
		Improper:   {"powers_incomplete", "not_published", "no_stand_in", "signed_elsewhere"},
		CannotTell: {"papers_missing", "facts_disputed"},
	},
	Finding: {
		Proper:     {"finding_right", "finding_right_but_excused"},
		Improper:   {"finding_wrong", "facts_entered_wrong"},
		CannotTell: {"papers_missing", "facts_disputed"},
	},
}

// Reasons lists the reasons of a kind and verdict.
func Reasons(k Kind, v Verdict) []string { return slices.Clone(reasons[k][v]) }

// States of a review.
const (
	Open  = "open"  // two reviewers are at it
	Third = "third" // they differ; a third decides
	Done  = "done"
)

// States of a seat.
const (
	Assigned = "assigned" // has not declared yet, and has seen nothing
	Declared = "declared" // declared no interest, and sees the case
	Refused  = "refused"  // declared an interest; another takes the seat's place
	Left     = "left"     // had not declared when the term ended, or the account was closed; another took it over
	In       = "in"       // has given the verdict
)

// Review is one thing under review.
type Review struct {
	ID         uint64
	Kind       Kind
	Subject    string // "overdue/123": a register's row, an authorization or a finding
	CaseID     uint64
	Department string // code
	Item       string // code
	Draw       uint64 // 0: put up by hand
	Reason     string // why it was put up by hand
	State      string
	Verdict    Verdict // once done
	CreatedAt  time.Time
	DueAt      time.Time
	DoneAt     time.Time
	Seats      []Seat // by seat
}

// Seat is one reviewer's place at a review.
type Seat struct {
	Seat       int // from 1; the third decides where two differ; later ones replace who was refused or left
	Account    uint64
	State      string
	Verdict    Verdict
	Reasons    []string
	Note       string
	Conflict   Conflict // declared
	AssignedAt time.Time
	DoneAt     time.Time // when the verdict was given, or the seat taken over
}

// decided combines the verdicts that are in: two that agree decide; of three
// the majority does, and where all three differ nobody can tell.
func decided(in []Verdict) (Verdict, bool) {
	for _, v := range Verdicts {
		n := 0
		for _, x := range in {
			if x == v {
				n++
			}
		}
		if n >= 2 {
			return v, true
		}
	}
	if len(in) >= 3 {
		return CannotTell, true
	}
	return "", false
}

// Missing is how many reviewers a review still wants.
func (r *Review) Missing() int {
	want := map[string]int{Open: 2, Third: 3}[r.State]
	for _, s := range r.Seats {
		if s.State != Refused && s.State != Left {
			want--
		}
	}
	return max(0, want)
}

// SeatOf is the seat that an account has at a review.
func (r *Review) SeatOf(account uint64) (Seat, bool) {
	for _, s := range r.Seats {
		if s.Account == account {
			return s, true
		}
	}
	return Seat{}, false
}
