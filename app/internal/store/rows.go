package store

// The rows of the derived tables as the writer keeps them. Times are
// microseconds since 1970 UTC, 0 = none; the numbers of states, outcomes,
// levels and units are those of codes.go.

// CaseRow is a row of cases. It is comparable, so that an unchanged case costs
// no write.
type CaseRow struct {
	ID                    uint64
	Dept, Item            int64
	CaseNo                string
	State, Outcome, Level uint8
	Flags                 Flags
	Received, Accepted    int64
	Ended, Sent           int64
	Due, StatutoryDue     int64
	Last, Next            int64
	LimitN                int
	LimitUnit             uint8
	Used, Extended        int
	Requests, Paused      int
	Events                int
	Applicant, Project    string
	Handler, Window       string
	Judged                int64 // the moment that an open case's figures are as of; 0 of an ended one
}

// Flags are a case's yes-or-no facts.
type Flags uint32

const (
	FlagOverdue Flags = 1 << iota
	FlagOverdueWithoutPauses
	FlagPausedNow
	FlagRefused
	FlagOutOfOrder
	FlagEarly
	FlagDeemedAccepted
	FlagCorrected
	FlagUnlisted
	FlagOnTheSpot
	FlagPromised  // the main clock is a promise
	FlagNegative  // ended by turning the applicant down
	FlagOnlyLimit // without a promise; the item's regime knows the one limit that it has
	FlagLapsed    // a limit ran out by what was registered, though not by the dates of all facts
)

// indexedColumns are the columns of cases that change and that some index of the
// table holds, or asks for.
var indexedColumns = [...]string{"item", "state", "level", "flags", "received_at", "ended_at", "due_at", "next_at"}

// indexed are a case's values of them.
func (c *CaseRow) indexed() [len(indexedColumns)]int64 {
	return [...]int64{c.Item, int64(c.State), int64(c.Level), int64(c.Flags), c.Received, c.Ended, c.Due, c.Next}
}

// FindingRow is a row of findings. Comparable.
type FindingRow struct {
	Case             uint64
	Rule, Key        string
	Dept, Item       int64
	Level, State     uint8
	Raised, Settled  int64
	Evidence         string // journal numbers, JSON
	WordsZH, WordsEN string
}

// OverdueRegisterRow is a row of register_overdue. Comparable.
type OverdueRegisterRow struct {
	ID                       int64
	Dept, Item               int64
	Case                     uint64
	CaseNo                   string
	Agreement, Clock         uint8
	Sort, Due, Over, Ended   int64
	OverBy                   int
	Unit                     uint8
	Paused                   int
	ReportSeq                uint64
	Reported                 int64
	ReportedOverBy           string
	Responsible, Explanation string
}

// RejectionRegisterRow is a row of register_rejections. Comparable.
type RejectionRegisterRow struct {
	ID                 int64
	Dept, Item         int64
	Case               uint64
	CaseNo             string
	Agreement, Stage   uint8
	Sort, Decided      int64
	Reason, LegalBasis string
	RemediesTold       bool
	NoticeNo           string
	FilingSeq          uint64
	FilingNo           string
	Filed              int64
	LeaderOpinion      string
}

// AuthorizationIndexRow is a row of authorizations; the rest is in the journal.
type AuthorizationIndexRow struct {
	ID, Seq           uint64
	Dept              int64
	No                string
	From, To, Revoked int64
	Rep, StandIn      string
}

// DepartmentRow is a row of departments.
type DepartmentRow struct {
	ID                  int64
	Code, Name, NameEN  string
	Adapter             string
	Duties              uint8 // DutyRejections …
	Seq                 uint64
	Watermark, JudgedAt int64
}

// NameOrCode is what an English sentence calls the department.
func (d *DepartmentRow) NameOrCode() string {
	if d.NameEN != "" {
		return d.NameEN
	}
	return d.Code
}

// What a department's adapter undertook to report.
const (
	DutyRejections uint8 = 1 << iota
	DutyOverdue
	DutyAuthorizations
)

// ItemRow is a row of items.
type ItemRow struct {
	ID, Dept   int64
	Code, Name string
	Seq        uint64
	Body       []byte // the contract's Item
}

// RecordRow is a row of the journal.
type RecordRow struct {
	Seq, Corrects uint64
	Kind          uint8
	Observed      int64
	Body          []byte
	Dept          int64
	SourceID      string
	Case          uint64
}

// QuarantineEntry is a record set aside.
type QuarantineEntry struct {
	Adapter, Stream, Dept, SourceID string
	Code, ReasonZH, ReasonEN        string
	Raw                             []byte
	RawSize                         int
	Observed                        int64
}
