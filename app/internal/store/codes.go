package store

import "slices"

// Numbers in the database and words in the read model. Levels are ordered, the
// gravest last, so that a case's level is the highest of its findings'.

// Words are the words of a column's numbers, by number.
type Words []string

var (
	States        = Words{"", "received", "supplement", "accepted", "paused", "ended"}
	Outcomes      = Words{"open", "granted", "refused", "not_accepted", "returned", "decided", "withdrawn", "voided", "forwarded"}
	Levels        = Words{"none", "review", "data", "warn", "yellow", "red"}
	FindingStates = Words{"", "active", "superseded", "settled", "withdrawn"}
	Units         = Words{"", "working_days", "calendar_days", "working_hours", "seconds", "working_seconds"}
	CaseTypes     = Words{"", "on_the_spot", "committed", "joint", "referred_up"}
	Agreements    = Words{"", "both", "only_ours", "only_theirs", "awaited", "no_duty", "late"}
	Clocks        = Words{"", "promised", "statutory"}
	Stages        = Words{"", "not_accepted", "refused", "returned", "cannot_finish", "grounds"}
	RatingLevels  = Words{"", "very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"}
	Kinds         = Words{"", "received", "accepted", "supplement_requested", "supplement_received",
		"step_started", "step_finished", "paused", "resumed", "extended", "decided", "withdrawn",
		"voided", "forwarded", "delivered", "refusal_grounds", "note"}
)

// Word is a number's word; empty where there is none.
func (w Words) Word(n int64) string {
	if n < 0 || int(n) >= len(w) {
		return ""
	}
	return w[n]
}

// Number is a word's number.
func (w Words) Number(word string) (n int64, known bool) {
	i := slices.Index(w, word)
	return int64(i), i >= 0
}

const (
	StateReceived uint8 = iota + 1
	StateSupplement
	StateAccepted
	StatePaused
	StateEnded
)

const (
	LevelNone uint8 = iota
	LevelReview
	LevelData
	LevelWarn
	LevelYellow
	LevelRed
)

const (
	FindingActive uint8 = iota + 1
	FindingSuperseded
	FindingSettled
	FindingWithdrawn
)

const (
	AgreeBoth uint8 = iota + 1
	AgreeOnlyOurs
	AgreeOnlyTheirs
	AgreeAwaited // no report yet, and the time for it has not passed
	AgreeNoDuty  // no report, and the department never undertook to send any
	AgreeLate    // both, but theirs came only when the time for it had passed
)

const (
	ClockPromised uint8 = iota + 1
	ClockStatutory
)

// StageGrounds stands for grounds of refusal that were only recorded.
const StageGrounds uint8 = 5

// KindWord is the word of an approval.EventKind.
func KindWord(kind uint8) string { return Kinds.Word(int64(kind)) }

// LevelWord is the word of a level.
func LevelWord(level uint8) string { return Levels.Word(int64(level)) }

// FindingStateWord is the word of a finding's state.
func FindingStateWord(state uint8) string { return FindingStates.Word(int64(state)) }

// OutcomeWord is the word of an approval.Outcome.
func OutcomeWord(outcome uint8) string { return Outcomes.Word(int64(outcome)) }

// RatingWord is the word of an approval.RatingLevel.
func RatingWord(level uint8) string { return RatingLevels.Word(int64(level)) }

// UnitWord is the word of an approval.Unit.
func UnitWord(unit uint8) string { return Units.Word(int64(unit)) }

// CaseTypeWord is the word of an approval.CaseType.
func CaseTypeWord(t uint8) string { return CaseTypes.Word(int64(t)) }
