package store

import "time"

// The read model: what queries answer and what the HTTP API sends. Times are
// UTC instants; an absent time is the zero Time and left out of the JSON.

// Case is one row of the cases list.
type Case struct {
	ID         uint64 `json:"id" doc:"journal number of the case's first record"`
	Department string `json:"department" doc:"department code"`
	CaseNo     string `json:"case_no"`
	ItemCode   string `json:"item_code"`
	ItemName   string `json:"item_name"`
	CaseType   string `json:"case_type" enum:"on_the_spot,committed,joint,referred_up"`
	State      string `json:"state" enum:"received,supplement,accepted,paused,ended" doc:"received: handed in; supplement: papers awaited; accepted: being handled; paused: special procedure; ended"`
	Outcome    string `json:"outcome" enum:"open,granted,refused,not_accepted,returned,decided,withdrawn,voided,forwarded"`
	Level      string `json:"level" enum:"none,review,data,warn,yellow,red" doc:"highest active finding"`

	ReceivedAt     time.Time `json:"received_at,omitzero"`
	AcceptedAt     time.Time `json:"accepted_at,omitzero"`
	EndedAt        time.Time `json:"ended_at,omitzero"`
	SentAt         time.Time `json:"sent_at,omitzero"`
	DueAt          time.Time `json:"due_at,omitzero" doc:"of the main clock: promised, else statutory"`
	StatutoryDueAt time.Time `json:"statutory_due_at,omitzero"`
	LastAt         time.Time `json:"last_at,omitzero" doc:"when the latest event occurred"`

	Limit                int    `json:"limit"`
	LimitUnit            string `json:"limit_unit" enum:",working_days,calendar_days,working_hours"`
	Used                 int    `json:"used" doc:"units of the main clock used, pauses taken off"`
	Extended             int    `json:"extended"`
	Requests             int    `json:"requests" doc:"pauses begun"`
	Paused               int    `json:"paused" doc:"units paused"`
	PausedNow            bool   `json:"paused_now"`
	Overdue              bool   `json:"overdue"`
	OverdueWithoutPauses bool   `json:"overdue_without_pauses"`
	Refused              bool   `json:"refused" doc:"grounds for refusal exist"`
	OutOfOrder           bool   `json:"out_of_order" doc:"the first receipt stands after the end"`
	Early                bool   `json:"early"`
	DeemedAccepted       bool   `json:"deemed_accepted"`
	Corrected            bool   `json:"corrected" doc:"the department changed a record of this case afterwards"`
	Unlisted             bool   `json:"unlisted" doc:"a year without a holiday list was counted"`

	Applicant string `json:"applicant" doc:"masked"`
	Project   string `json:"project"`
	Handler   string `json:"handler"`
	Window    string `json:"window"`
	Events    int    `json:"events"`
}

// Finding is one irregularity.
type Finding struct {
	ID         string    `json:"id" doc:"CASE-RULE-KEY, stable"`
	CaseID     uint64    `json:"case_id"`
	CaseNo     string    `json:"case_no"`
	Department string    `json:"department"`
	ItemCode   string    `json:"item_code"`
	ItemName   string    `json:"item_name"`
	Rule       string    `json:"rule" doc:"V01 … V28"`
	Key        string    `json:"key"`
	NameZH     string    `json:"name_zh"`
	NameEN     string    `json:"name_en"`
	Level      string    `json:"level" enum:"review,data,warn,yellow,red"`
	State      string    `json:"state" enum:"active,superseded,settled,withdrawn"`
	RaisedAt   time.Time `json:"raised_at,omitzero"`
	SettledAt  time.Time `json:"settled_at,omitzero"`
	BasisZH    string    `json:"basis_zh"`
	BasisEN    string    `json:"basis_en"`
	WordsZH    string    `json:"words_zh" doc:"the arithmetic in words, lines separated by \\n"`
	WordsEN    string    `json:"words_en"`
	Evidence   []uint64  `json:"evidence" doc:"journal numbers"`
}

// Event is one journal record of a case as pages show it.
type Event struct {
	Seq         uint64    `json:"seq" doc:"journal number"`
	Corrects    uint64    `json:"corrects,omitempty" doc:"journal number of the record that this one corrects"`
	CorrectedBy uint64    `json:"corrected_by,omitempty"`
	Kind        string    `json:"kind" enum:"received,accepted,supplement_requested,supplement_received,step_started,step_finished,paused,resumed,extended,decided,withdrawn,voided,forwarded,delivered,refusal_grounds,note,rejection_filed,overdue_reported"`
	OccurredAt  time.Time `json:"occurred_at,omitzero"`
	EnteredAt   time.Time `json:"entered_at,omitzero"`
	EffectiveAt time.Time `json:"effective_at,omitzero"`
	ObservedAt  time.Time `json:"observed_at,omitzero"`
	Handler     string    `json:"handler"`
	Post        string    `json:"post,omitempty"`
	Window      string    `json:"window,omitempty"`
	Step        string    `json:"step,omitempty"`
	PauseKind   string    `json:"pause_kind,omitempty"`
	Outcome     string    `json:"outcome,omitempty"`
	Text        string    `json:"text,omitempty"`
	Details     []Detail  `json:"details,omitempty" doc:"everything else the department sent, labelled"`
}

// Detail is one labelled fact of an event; Label is a field name of the
// contract (e.g. "decision.signer"), which pages translate.
type Detail struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Page is one window of a list. Total counts up to TotalCap; Capped says that
// there are more.
type Page[T any] struct {
	Rows   []T  `json:"rows"`
	Total  int  `json:"total"`
	Capped bool `json:"capped"`
}

// TotalCap is how far lists are counted and can be scrolled; beyond it the
// office narrows the filter or exports.
const TotalCap = 100_000

// CaseQuery filters and sorts the cases list. Zero values do not filter.
type CaseQuery struct {
	Department               string
	Item                     string // item code; needs Department
	State                    string // a Case.State, or "open" for every case not ended
	Level                    string // exact level, or "any" for every case with a finding
	Overdue                  bool
	Text                     string    // case number or its beginning; where no case number begins so, a part of the item's name
	ReceivedFrom, ReceivedTo time.Time // [from, to)
	DueFrom, DueTo           time.Time // open cases due in [from, to)
	Sort                     string    // "received" (default), "due", "ended", "case_no"; "due" lists open cases only
	Ascending                bool
	Offset, Limit            int
}

// FindingQuery filters the findings list, newest first unless Ascending.
type FindingQuery struct {
	Department, Rule, Level, State, Text string
	CaseID                               uint64
	RaisedFrom, RaisedTo                 time.Time
	Ascending                            bool
	Offset, Limit                        int
}

// RegisterQuery filters a register, newest first.
type RegisterQuery struct {
	Department, Text string
	// Agreement: "" all, "both", "only_ours" (the department left it out),
	// "only_theirs" (reported, but not by our computation), "awaited" (not
	// reported yet, in time).
	Agreement     string
	Offset, Limit int
}

// OverdueRow sets the department's own overdue report beside our computation.
type OverdueRow struct {
	CaseID         uint64    `json:"case_id,omitempty"`
	CaseNo         string    `json:"case_no"`
	Department     string    `json:"department"`
	ItemName       string    `json:"item_name"`
	Clock          string    `json:"clock" enum:"promised,statutory," doc:"the gravest clock that ran over"`
	DueAt          time.Time `json:"due_at,omitzero"`
	OverAt         time.Time `json:"over_at,omitzero"`
	EndedAt        time.Time `json:"ended_at,omitzero"`
	OverBy         int       `json:"over_by" doc:"units over the limit"`
	Unit           string    `json:"unit"`
	Paused         int       `json:"paused"`
	PausedNow      bool      `json:"paused_now"`
	Agreement      string    `json:"agreement" enum:"both,only_ours,only_theirs,awaited"`
	ReportSeq      uint64    `json:"report_seq,omitempty"`
	ReportedAt     time.Time `json:"reported_at,omitzero"`
	ReportedOverBy string    `json:"reported_over_by,omitempty"`
	Responsible    string    `json:"responsible,omitempty"`
	Explanation    string    `json:"explanation,omitempty"`
}

// RejectionRow sets a department's negative filing beside the decision.
type RejectionRow struct {
	CaseID        uint64    `json:"case_id,omitempty"`
	CaseNo        string    `json:"case_no"`
	Department    string    `json:"department"`
	ItemName      string    `json:"item_name"`
	Stage         string    `json:"stage" enum:"not_accepted,refused,returned,cannot_finish,grounds"`
	DecidedAt     time.Time `json:"decided_at,omitzero"`
	Reason        string    `json:"reason"`
	LegalBasis    string    `json:"legal_basis"`
	RemediesTold  bool      `json:"remedies_told"`
	NoticeNo      string    `json:"notice_no"`
	Agreement     string    `json:"agreement" enum:"both,only_ours,only_theirs,awaited"`
	FilingSeq     uint64    `json:"filing_seq,omitempty"`
	FilingNo      string    `json:"filing_no,omitempty"`
	FiledAt       time.Time `json:"filed_at,omitzero"`
	LeaderOpinion string    `json:"leader_opinion,omitempty"`
}

// AuthorizationRow is one chief-representative authorization.
type AuthorizationRow struct {
	Seq        uint64    `json:"seq"`
	No         string    `json:"auth_no"`
	Department string    `json:"department"`
	Rep        string    `json:"rep"`
	RepPost    string    `json:"rep_post"`
	StandIn    string    `json:"stand_in"`
	Items      []string  `json:"items" doc:"item codes; empty = every item"`
	Powers     []string  `json:"powers"`
	ValidFrom  time.Time `json:"valid_from,omitzero"`
	ValidTo    time.Time `json:"valid_to,omitzero"`
	RevokedAt  time.Time `json:"revoked_at,omitzero"`
	Status     string    `json:"status" enum:"live,future,expired,revoked"`
	SealNo     string    `json:"seal_no"`
	SignedBy   string    `json:"signed_by"`
}

// Figures are what the live board counts, for the whole city or a department.
type Figures struct {
	Open           int     `json:"open" doc:"cases in progress"`
	Paused         int     `json:"paused" doc:"of them standing still"`
	Warn           int     `json:"warn" doc:"open cases whose highest level is warn"`
	Yellow         int     `json:"yellow"`
	Red            int     `json:"red"`
	DueToday       int     `json:"due_today" doc:"open cases due today; city only"`
	ReceivedToday  int     `json:"received_today"`
	EndedToday     int     `json:"ended_today"`
	RejectedToday  int     `json:"rejected_today"`
	FindingsToday  int     `json:"findings_today"`
	Total          int     `json:"total"`
	Ended          int     `json:"ended"`
	OnTheSpot      int     `json:"on_the_spot" doc:"ended cases of on-the-spot items"`
	Committed      int     `json:"committed" doc:"ended cases of other items with a promise"`
	CommittedEarly int     `json:"committed_early"`
	EarlyRate      float64 `json:"early_rate" doc:"0..1; early ended of committed"`
	AverageDays    float64 `json:"average_days" doc:"mean working days of ended committed cases"`
}

// Department is a department with its figures.
type Department struct {
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	NameEN  string    `json:"name_en"`
	Adapter string    `json:"adapter" doc:"the adapter instance that reports for it"`
	LastAt  time.Time `json:"last_at,omitzero" doc:"when its latest event was seen"`
	Figures Figures   `json:"figures"`
}

// Item is one approval item.
type Item struct {
	Department    string `json:"department"`
	Code          string `json:"code"`
	Name          string `json:"name"`
	CaseType      string `json:"case_type"`
	Promised      int    `json:"promised"`
	PromisedUnit  string `json:"promised_unit"`
	Statutory     int    `json:"statutory"`
	StatutoryUnit string `json:"statutory_unit"`
	InHall        bool   `json:"in_hall"`
	WindowSignOff bool   `json:"window_sign_off"`
}

// DueSlot counts the open cases that come due in one slot of the next hours.
type DueSlot struct {
	From  time.Time `json:"from"`
	Count int       `json:"count"`
	Level string    `json:"level" enum:"none,warn,yellow,red" doc:"highest level among them"`
}

// Board is the live board at one moment.
type Board struct {
	Now         time.Time    `json:"now" doc:"the office clock"`
	Seq         uint64       `json:"seq" doc:"journal number up to which the figures count"`
	ActSeq      uint64       `json:"act_seq" doc:"journal number of people's latest act; another one means that lists of their work are old"`
	City        Figures      `json:"city"`
	Departments []Department `json:"departments"`
	Due         []DueSlot    `json:"due"`
	Warnings    []Warning    `json:"warnings" doc:"loud warnings, such as a year without a holiday list"`
}

// Warning is a sentence for everybody on screen.
type Warning struct {
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// Change is one committed change of the live stream.
type Change struct {
	Seq        uint64          `json:"seq" doc:"journal number of the record that caused it"`
	Kind       string          `json:"kind" doc:"an Event.Kind, or 'clock' where time alone caused it, or 'authorization', 'rating', 'catalogue'"`
	Department string          `json:"department,omitempty"`
	CaseID     uint64          `json:"case_id,omitempty"`
	CaseNo     string          `json:"case_no,omitempty"`
	ItemCode   string          `json:"item_code,omitempty"`
	At         time.Time       `json:"at,omitzero" doc:"when it occurred"`
	ObservedAt time.Time       `json:"observed_at,omitzero"`
	Detail     string          `json:"detail,omitempty" doc:"outcome, step, pause kind or level of a rating, by Kind"`
	Level      string          `json:"level,omitempty" doc:"the case's level after it"`
	Findings   []ChangeFinding `json:"findings,omitempty" doc:"findings that it raised, changed or withdrew"`
}

// ChangeFinding is a finding as the stream tells it.
type ChangeFinding struct {
	Rule  string `json:"rule"`
	Level string `json:"level"`
	State string `json:"state"`
}

// QuarantineRow is a record that intake could not take, kept with the reason.
type QuarantineRow struct {
	ID         uint64    `json:"id"`
	Adapter    string    `json:"adapter"`
	Stream     string    `json:"stream"`
	Department string    `json:"department"`
	SourceID   string    `json:"source_id"`
	Code       string    `json:"code"`
	ReasonZH   string    `json:"reason_zh"`
	ReasonEN   string    `json:"reason_en"`
	RawSize    int       `json:"raw_size"`
	Raw        string    `json:"raw,omitempty" doc:"printable form, in the single-row answer only; cut at 64 KiB"`
	ObservedAt time.Time `json:"observed_at"`
}
