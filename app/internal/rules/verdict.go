package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Level is how grave a finding is, in rising order; the zero Level is none.
type Level uint8

const (
	Review Level = iota + 1 // 核查: to be looked into
	Data                    // 数据: the department's data or report is at fault
	Warn                    // 预警 ▲
	Yellow                  // 黄牌 ◆
	Red                     // 红牌 ■
)

// String is the level's name in the API: none, review, data, warn, yellow, red.
func (l Level) String() string {
	return [...]string{"none", "review", "data", "warn", "yellow", "red"}[l]
}

// FindingState is where a finding stands.
type FindingState uint8

const (
	Active     FindingState = iota + 1
	Superseded              // a graver finding of the same case says the same and more
	Settled                 // its condition ended: finished, filed or reported after all
)

// String is the state's name in the API: active, superseded, settled.
func (s FindingState) String() string {
	return [...]string{"", "active", "superseded", "settled"}[s]
}

// Finding is one irregularity of one case. Rule and Key name it: the same
// irregularity keeps them in every verdict on the case.
type Finding struct {
	Rule      string // "V02"
	Key       string // tells findings of one rule apart; often empty
	Level     Level
	State     FindingState
	RaisedAt  time.Time // when it became true
	SettledAt time.Time // when its condition ended; zero unless Settled
	Evidence  []uint64  // journal numbers, ascending
	// The facts and the arithmetic in words, lines separated by \n, such that a
	// head of department can check them with a wall calendar.
	WordsZH, WordsEN string
}

// CaseState is how far a case has come.
type CaseState uint8

const (
	StateReceived   CaseState = iota + 1 // 已收件
	StateSupplement                      // 待补正: papers are awaited
	StateAccepted                        // 办理中
	StatePaused                          // 特别程序
	StateEnded                           // 已办结
)

// String is the state's name in the API: received, supplement, accepted,
// paused, ended.
func (s CaseState) String() string {
	return [...]string{"", "received", "supplement", "accepted", "paused", "ended"}[s]
}

// Outcome is how a case ended; the zero Outcome is open.
type Outcome uint8

const (
	Open Outcome = iota
	Granted
	Refused
	NotAccepted
	Returned
	Decided // the department does not say how
	Withdrawn
	Voided
	Forwarded
)

// String is the outcome's name in the API: open, granted, refused,
// not_accepted, returned, decided, withdrawn, voided, forwarded.
func (o Outcome) String() string {
	return [...]string{"open", "granted", "refused", "not_accepted", "returned",
		"decided", "withdrawn", "voided", "forwarded"}[o]
}

// Clock is one of the two limits that run side by side. All its numbers are in
// the limit's unit; see workday.Answer.
type Clock struct {
	Limit     approval.Limit
	Extension approval.Limit // as far as it counts for this clock
	StartedAt time.Time      // zero: not started
	Running   bool           // started, not ended (it may be paused)
	// LapsedAt is the due time that had passed, by what was known until then, when
	// something was told that would lengthen the limit for a time before. It takes
	// nothing back.
	LapsedAt          time.Time
	LapsedByExtension bool // by one that the sum counts all the same (logs that add everything up)
	lapsedBy          knowledge
	// LapsedOnly: by the dates of all facts the case is in time, and those count, as
	// under other laws than the licensing law; by what was registered it ran over at
	// LapsedAt, by LapsedUnits until now, or until its end was registered.
	LapsedOnly  bool
	LapsedUnits int
	// DueByFacts is the due time by the dates of all facts where by those the case
	// would be in time, and the clock stands as it did when it ran out; else zero.
	// StillByFacts: by those dates it stands still.
	DueByFacts   time.Time
	StillByFacts bool
	// ByRegistration: the case is over with what was registered late of its pauses
	// counted from then, so those count from their registration.
	ByRegistration bool
	workday.Answer
}

// Summary is a case as lists and exports show it. Figures without a clock of
// their own are the main clock's: the promised one, or the statutory one where
// the item promises nothing.
type Summary struct {
	State   CaseState
	Outcome Outcome
	Level   Level // highest of the active findings

	ReceivedAt time.Time // first receipt, as effective
	AcceptedAt time.Time // first acceptance, as effective
	StartedAt  time.Time // when the clocks started; deemed acceptance starts them at receipt
	EndedAt    time.Time
	SentAt     time.Time // first delivery
	LastAt     time.Time // when the latest event occurred

	Limit    approval.Limit
	Extended int // units the main clock was lengthened by
	Used     int // units used, pauses taken off
	Requests int // pauses of the clock begun before the end
	Paused   int // units taken off for pauses

	PausedNow      bool
	RefusalGrounds bool // a rejection to report: a negative outcome is not needed
	OutOfOrder     bool // the first receipt stands after the end
	DeemedAccepted bool // art. 32: not told in time what was missing
	Early          bool // ended with a unit to spare, or on the day for an on-the-spot item
	Unlisted       bool // a year without a holiday list was counted

	Applicant string // of the first receipt that names one
	Project   string
	Handler   string // of the latest event that names one
	Window    string // of the latest event at a window
	Events    int
}

// Verdict is all that follows from a subject at a moment.
type Verdict struct {
	Case      Summary
	Promised  Clock
	Statutory Clock
	Findings  []Finding // by rule, then key
	// Next is the earliest instant after the moment at which, without a new
	// event, a finding, the case's state or a clock's Over may change; zero if
	// never. Plain counters (used, paused, and the due time while paused) move
	// with the calendar and are not waited for.
	Next time.Time
}

// Main is the promised clock, or the statutory one where nothing is promised.
func (v *Verdict) Main() *Clock {
	if v.Promised.Limit.IsZero() {
		return &v.Statutory
	}
	return &v.Promised
}

// Find returns the finding of the rule and key.
func (v *Verdict) Find(rule, key string) (Finding, bool) {
	for _, f := range v.Findings {
		if f.Rule == rule && f.Key == key {
			return f, true
		}
	}
	return Finding{}, false
}
