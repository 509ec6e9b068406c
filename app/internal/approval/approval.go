// Package approval holds the words of administrative approval (行政审批) that
// every other package speaks: departments, items, cases and their events, and
// the three reports a department owes the office. It imports nothing of ours,
// reads no clock and does no I/O.
//
// All times are instants; the office's zone (Asia/Shanghai) is applied by
// package workday, where days are counted.
package approval

import "time"

// Unit is what a time limit is counted in.
type Unit uint8

const (
	WorkingDays    Unit = iota + 1 // 工作日, Administrative Licensing Law art. 82
	CalendarDays                   // 自然日
	WorkingHours                   // 工作小时, inside the office's opening hours
	Seconds                        // 秒, around the clock
	WorkingSeconds                 // 秒, inside the office's opening hours
)

// Limit is a time limit: N units. None of a unit is the same day (当日): due at
// the close of the day that the clock starts on. The zero Limit means that no
// such limit exists.
type Limit struct {
	N    int
	Unit Unit
}

// IsZero reports whether there is no such limit.
func (l Limit) IsZero() bool { return l == Limit{} }

// SameDay reports whether the limit is the day that its clock starts on.
func (l Limit) SameDay() bool { return l.N == 0 && l.Unit != 0 }

// Days reports whether a unit is counted in days, of which one may be used in
// part.
func (u Unit) Days() bool { return u <= CalendarDays }

// CaseType is how an item is handled (办件类型).
type CaseType uint8

const (
	OnTheSpot  CaseType = iota + 1 // 即办件
	Committed                      // 承诺件
	Joint                          // 联办件, art. 42 para. 2: 45 working days, +15
	ReferredUp                     // 上报件, art. 43
)

// Regime is the body of law that an item is judged under.
type Regime uint8

const (
	// Licensing is the PRC Administrative Licensing Law with the office's own
	// filing duties: every rule applies.
	Licensing Regime = iota + 1
	// LimitsOnly applies time limits, data quality and self-report rules, and
	// nothing that only Chinese law orders. Foreign test logs use it.
	LimitsOnly
)

// ClockStart is the event that a case's clock starts with.
type ClockStart uint8

const (
	FromAcceptance ClockStart = iota + 1 // 受理
	FromReceipt                          // 收件
)

// Department is a body whose cases the office watches.
type Department struct {
	Code  string // stable short code, e.g. "GH"
	Name  string // zh-CN
	Name2 string // English, may be empty
}

// Step is one step (环节) of an item's procedure.
type Step struct {
	Name  string
	Limit Limit
}

// Item is an approval item (事项) as published in the implementation list.
type Item struct {
	Department       string // department code
	Code             string // 实施编码, unique within the department
	Version          string
	Name             string
	CaseType         CaseType
	Regime           Regime
	Promised         Limit // 承诺时限
	Statutory        Limit // 法定时限
	ClockStart       ClockStart
	SupplementPauses bool // the clock stands still while papers are awaited
	InHall           bool // must be accepted in the service hall (进驻大厅)
	WindowSignOff    bool // the chief representative signs the decision (首席代表签批)
	Steps            []Step
	// RestDaysMoveEnd has limits of an item that is not under the Licensing Law end on a
	// working day, too; see RestDaysMove.
	RestDaysMoveEnd bool
	// ByLaw: the statutory limit is that of the Licensing Law, because the department
	// declared none, or one that no law gives, which is SetAside; see LawfulLimits.
	ByLaw    bool
	SetAside Limit
}

// RestDaysMove reports whether a limit that ends on a day of rest ends on the next
// working day (Civil Code art. 203): always under the Licensing Law, else where the
// adapter says so.
func (it *Item) RestDaysMove() bool { return it.Regime == Licensing || it.RestDaysMoveEnd }

// longest is how long a declared limit may be, in its unit: a year, or what a year's
// office hours are. No licence of any law takes longer (time of art. 45 apart).
func longest(u Unit) int {
	switch u {
	case CalendarDays:
		return 366
	case WorkingHours:
		return 250 * 8
	case Seconds:
		return 366 * 86_400
	case WorkingSeconds:
		return 250 * 8 * 3600
	}
	return 250
}

// LawfulLimits gives an item under the Licensing Law the limit of its art. 42 where it
// has no statutory one: twenty working days, of joint handling forty-five. What can be
// decided on the spot is exempt there, and is by art. 34. A limit of more than a year
// is none: it would be no limit at all, and is set aside.
func (it *Item) LawfulLimits() {
	if it.Regime != Licensing {
		return
	}
	if it.Promised.N > longest(it.Promised.Unit) {
		it.Promised = Limit{}
	}
	if it.Statutory.N > longest(it.Statutory.Unit) {
		it.SetAside, it.Statutory = it.Statutory, Limit{}
	}
	if !it.Statutory.IsZero() || it.CaseType == OnTheSpot {
		return
	}
	it.ByLaw, it.Statutory = true, Limit{N: 20, Unit: WorkingDays}
	if it.CaseType == Joint {
		it.Statutory.N = 45
	}
}

// Step returns the named step.
func (it *Item) Step(name string) (Step, bool) {
	for _, s := range it.Steps {
		if s.Name == name {
			return s, true
		}
	}
	return Step{}, false
}

// Power is what a chief representative may be authorized to do.
type Power string

const (
	PowerAccept Power = "accept" // 受理
	PowerReview Power = "review" // 审核
	PowerSign   Power = "sign"   // 签批
	PowerSeal   Power = "seal"   // 用章
	PowerSurvey Power = "survey" // 现场踏勘
)

// Person is somebody who acted, as the department names them.
type Person struct {
	Name string
	ID   string // staff number within the department
	Post string
}

// Authorization is one chief-representative authorization (首席代表授权书).
// The zero RevokedAt means not revoked.
type Authorization struct {
	Seq           uint64 // journal number
	SourceID      string
	Department    string
	No            string // auth_no
	AppointmentNo string
	Rep           Person
	StandIn       Person   // B 岗
	Items         []string // item codes; empty = every item of the department
	Powers        []Power
	ValidFrom     time.Time
	ValidTo       time.Time // exclusive
	Signer        string
	SignedAt      time.Time
	RevokedAt     time.Time
	RevokedReason string
	SealNo        string
	ObservedAt    time.Time // when the console saw it
	// ToldAt is from when it can count, where all there was had been read before and
	// this was not among it; zero where nobody knows.
	ToldAt time.Time
}

// RejectionFiling is a department's report of a negative decision (否定报备).
type RejectionFiling struct {
	Seq              uint64
	SourceID         string
	Department       string
	No               string // filing_no
	CaseNo           string
	Stage            RejectionStage
	Facts            string
	Reason           string
	LegalArticle     string
	MissingMaterials string
	RemediesTold     bool
	NoticeNo         string
	Handler          Person
	LeaderOpinion    string
	FiledTo          string
	FiledAt          time.Time
	NoticeAt         time.Time
	ToldAt           time.Time // as of an Authorization
}

// RejectionStage is the point at which an application was turned down.
type RejectionStage uint8

const (
	NotAccepted  RejectionStage = iota + 1 // 不予受理
	Refused                                // 不予许可
	Returned                               // 退件
	CannotFinish                           // 不能按期办结
)

// OverdueReport is a department's own report that a case ran over its limit.
type OverdueReport struct {
	Seq         uint64
	SourceID    string
	Department  string
	CaseNo      string
	Clock       string // "promised" or "statutory"
	DueAt       time.Time
	ActualAt    time.Time // zero while still open
	OverBy      string    // as the department words it
	Responsible Person
	Explanation string
	ReportedAt  time.Time
	ToldAt      time.Time // as of an Authorization
}
