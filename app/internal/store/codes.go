package store

// Numbers in the database and words in the read model. Levels are ordered, the
// gravest last, so that a case's level is the highest of its findings'.

var (
	stateWords     = []string{"", "received", "supplement", "accepted", "paused", "ended"}
	outcomeWords   = []string{"open", "granted", "refused", "not_accepted", "returned", "decided", "withdrawn", "voided", "forwarded"}
	levelWords     = []string{"none", "review", "data", "warn", "yellow", "red"}
	findingWords   = []string{"", "active", "superseded", "settled", "withdrawn"}
	unitWords      = []string{"", "working_days", "calendar_days", "working_hours"}
	caseTypeWords  = []string{"", "on_the_spot", "committed", "joint", "referred_up"}
	agreementWords = []string{"", "both", "only_ours", "only_theirs", "awaited"}
	clockWords     = []string{"", "promised", "statutory"}
	stageWords     = []string{"", "not_accepted", "refused", "returned", "cannot_finish", "grounds"}
	ratingWords    = []string{"", "very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"}
	kindWords      = []string{"", "received", "accepted", "supplement_requested", "supplement_received",
		"step_started", "step_finished", "paused", "resumed", "extended", "decided", "withdrawn",
		"voided", "forwarded", "delivered", "refusal_grounds", "note"}
)

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
)

const (
	ClockPromised uint8 = iota + 1
	ClockStatutory
)

// StageGrounds stands for grounds of refusal that were only recorded.
const StageGrounds uint8 = 5

func word(words []string, n int64) string {
	if n < 0 || int(n) >= len(words) {
		return ""
	}
	return words[n]
}

// code finds a word's number.
func code(words []string, w string) (int64, bool) {
	for i, s := range words {
		if s == w {
			return int64(i), true
		}
	}
	return 0, false
}

// KindWord is the word of an approval.EventKind.
func KindWord(kind uint8) string { return word(kindWords, int64(kind)) }

// LevelWord is the word of a level.
func LevelWord(level uint8) string { return word(levelWords, int64(level)) }

// FindingStateWord is the word of a finding's state.
func FindingStateWord(state uint8) string { return word(findingWords, int64(state)) }

// OutcomeWord is the word of an approval.Outcome.
func OutcomeWord(outcome uint8) string { return word(outcomeWords, int64(outcome)) }

// RatingWord is the word of an approval.RatingLevel.
func RatingWord(level uint8) string { return word(ratingWords, int64(level)) }

// UnitWord is the word of an approval.Unit.
func UnitWord(unit uint8) string { return word(unitWords, int64(unit)) }

// CaseTypeWord is the word of an approval.CaseType.
func CaseTypeWord(t uint8) string { return word(caseTypeWords, int64(t)) }
