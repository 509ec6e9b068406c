package approval

import "time"

// EventKind says what happened to a case.
type EventKind uint8

const (
	Received            EventKind = iota + 1 // 收件: papers handed in
	Accepted                                 // 受理
	SupplementRequested                      // 一次性告知: told what is missing, art. 32
	SupplementReceived                       // 补正
	StepStarted                              // 环节开始
	StepFinished                             // 环节完成
	Paused                                   // 挂起·特别程序, art. 45
	Resumed                                  // 恢复
	Extended                                 // 延长审批, art. 42
	Decided                                  // 决定 (see Decision.Outcome)
	Withdrawn                                // 申请人撤回
	Voided                                   // 作废办结
	Forwarded                                // 转报办结
	Delivered                                // 送达, art. 44
	RefusalGrounds                           // 存在否定理由 (a rejection to report)
	Note                                     // anything else worth showing; moves no clock
)

// Outcome is how a case was decided.
type Outcome uint8

const (
	OutcomeGranted     Outcome = iota + 1 // 准予
	OutcomeRefused                        // 不予许可
	OutcomeNotAccepted                    // 不予受理
	OutcomeReturned                       // 退件
	OutcomeDecided                        // decided, the log does not say how
)

// Negative reports whether the outcome turns the applicant down, so that
// grounds (art. 38) and a filing (否定报备) are owed.
func (o Outcome) Negative() bool {
	return o == OutcomeRefused || o == OutcomeNotAccepted || o == OutcomeReturned
}

// PauseKind is the ground of a pause.
type PauseKind string

// Art. 45 of the Licensing Law names the procedures whose time is not counted.
const (
	PauseHearing    PauseKind = "hearing"    // 听证
	PauseTender     PauseKind = "tender"     // 招标
	PauseAuction    PauseKind = "auction"    // 拍卖
	PauseInspection PauseKind = "inspection" // 检验
	PauseTest       PauseKind = "test"       // 检测
	PauseQuarantine PauseKind = "quarantine" // 检疫
	PauseAppraisal  PauseKind = "appraisal"  // 鉴定
	PauseExpert     PauseKind = "expert"     // 专家评审
)

// Lawful reports whether art. 45 lists the ground.
func (k PauseKind) Lawful() bool {
	switch k {
	case PauseHearing, PauseTender, PauseAuction, PauseInspection,
		PauseTest, PauseQuarantine, PauseAppraisal, PauseExpert:
		return true
	}
	return false
}

// Event is one thing that happened to one case.
//
// OccurredAt is when it happened, EnteredAt when the department wrote it down,
// ObservedAt when the console saw it. ToldAt is set only where the console knows
// by itself that the department had not told of the fact before, whatever it says
// of when it was entered: all there was had been read, and the fact was not among
// it. EffectiveAt is set only where the fact
// itself lies on another date than its registration (papers that came in on a
// Friday and were registered on Monday); the clock uses it, the order of
// events does not.
type Event struct {
	Seq         uint64 // journal number
	SourceID    string
	Department  string
	CaseNo      string
	ItemCode    string
	ItemVersion string // the item's version that the department says it goes by; empty = not said
	Kind        EventKind
	OccurredAt  time.Time
	EnteredAt   time.Time
	EffectiveAt time.Time
	ObservedAt  time.Time
	ToldAt      time.Time
	Was         *Event // what it corrected, once that had been read; see [Event.Corrects]
	Handler     Person
	Unit        string // organisational unit
	Window      string // hall window; empty = not at a hall window
	Text        string // opinion or remark

	// At most one of these is set, by Kind; nil where the department gave none.
	Application *Application // Received
	Step        *StepDetail  // StepStarted, StepFinished
	Pause       *Pause       // Paused
	Extension   *Extension   // Extended
	Decision    *Decision    // Decided
	Notice      *Notice      // SupplementRequested
}

// mostCorrections bounds how many former contents of one fact are kept.
const mostCorrections = 16

// Corrects has an event take the place of what was told of the same fact before, from
// a moment on: until then the former content stands. Of very many corrections the
// earliest and the latest are kept.
func (e *Event) Corrects(was *Event, from time.Time) {
	e.Was, e.ToldAt = was, from
	var former []*Event
	for w := was; w != nil; w = w.Was {
		former = append(former, w)
	}
	if len(former) <= mostCorrections {
		return
	}
	kept := former[len(former)-1]
	for i := mostCorrections - 2; i >= 0; i-- {
		w := *former[i] // others may be reading it
		w.Was, kept = kept, &w
	}
	e.Was = kept
}

// Effective is the date of the fact: EffectiveAt where set, else OccurredAt.
func (e *Event) Effective() time.Time {
	if !e.EffectiveAt.IsZero() {
		return e.EffectiveAt
	}
	return e.OccurredAt
}

// Application is what a received event tells about the application.
type Application struct {
	ApplicantName  string
	ApplicantType  string // "person" or "organisation"
	ApplicantID    string // as given; pages show it masked
	Phone          string
	ProjectName    string
	InvestmentCode string // 投资项目代码; set for investment and start-up projects
	Channel        string // "window", "online", "self_service", "mobile"
	GreenChannel   bool
}

// StepDetail names a step.
type StepDetail struct {
	Name   string
	Result string
}

// Pause is what a pause was founded on.
type Pause struct {
	Kind       PauseKind
	Reason     string
	Approver   string
	Approved   Limit     // how long it was approved for; zero = not stated
	NotifiedAt time.Time // when the applicant was told in writing; zero = never
	NoticeNo   string
}

// Extension is an extension of the limit (art. 42).
type Extension struct {
	By         Limit
	Approver   string
	Reason     string
	NotifiedAt time.Time // when the applicant was told; zero = never
}

// Decision is how a case was decided and by whom.
type Decision struct {
	Outcome      Outcome
	DecisionNo   string
	CertNo       string
	Signer       Person
	Reason       string // of a negative outcome
	LegalBasis   string
	RemediesTold bool   // review and litigation pointed out, art. 38
	NoticeNo     string // the written notice's number
	FilingNo     string // 否定报备 number the department claims
}

// Notice is a one-time notice of what is missing.
type Notice struct {
	NoticeNo  string
	Materials []string
}
