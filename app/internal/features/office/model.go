package office

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/account"
)

// Session tells a page where it is and how it gets the live stream.
type Session struct {
	Mode       string      `json:"mode" enum:"desktop,serve"`
	Version    string      `json:"version"`
	Demo       bool        `json:"demo" doc:"the demonstration city"`
	Console    string      `json:"console" doc:"tells this console from every other, wherever it is reached; what pages keep on a device is kept under it"`
	Zone       string      `json:"zone" doc:"the office's time zone"`
	LiveURL    string      `json:"live_url" doc:"of the WebSocket; without a host it is the page's own"`
	LiveToken  string      `json:"live_token"`
	DataFolder string      `json:"data_folder" doc:"its full path at the console's own machine, its name over the network"`
	Clock      OfficeClock `json:"clock"`
	Remote     string      `json:"remote,omitempty" doc:"host and port of the console elsewhere that the window shows; absent: its own"`

	Account    account.Self `json:"account" doc:"who asks"`
	SignsIn    bool         `json:"signs_in" doc:"people sign in here; else the page is used at the console's own machine"`
	MustChange bool         `json:"must_change" doc:"the first password is still to be changed"`
	MustSetUp  bool         `json:"must_set_up" doc:"the role needs a second factor, which is still to be set up"`
	May        []string     `json:"may" doc:"operations that the account's role allows"`
}

// OfficeClock is the office clock: what it shows and how fast it runs.
type OfficeClock struct {
	Now   time.Time `json:"now" doc:"when this was answered"`
	Speed float64   `json:"speed" doc:"office seconds a second; 1 except in demonstrations"`
}

// Checkpoint is a signed statement of the journal's size and root.
type Checkpoint struct {
	Origin    string     `json:"origin" doc:"of the journal: no other folder has it"`
	Size      int64      `json:"size"`
	Root      string     `json:"root" doc:"base64"`
	At        time.Time  `json:"at"`
	Note      string     `json:"note" doc:"as signed: a C2SP checkpoint"`
	PublicKey string     `json:"public_key"`
	NotSigned *NotSigned `json:"not_signed,omitempty" doc:"the journal does not extend what was signed last, and nothing is signed any more; absent: all is well"`
}

// NotSigned is why the console signs no checkpoints any more.
type NotSigned struct {
	ZH    string    `json:"zh"`
	EN    string    `json:"en"`
	Since time.Time `json:"since"`
}

// Consistency proves that the journal of one checkpoint begins with that of an
// earlier one.
type Consistency struct {
	From  int64    `json:"from"`
	To    int64    `json:"to"`
	Proof []string `json:"proof" doc:"the consistency proof of RFC 6962, 2.1.2, hashes in base64; empty if from is 0 or to"`
}

// CalendarYear is a year of the office's calendar.
type CalendarYear struct {
	Year     int           `json:"year"`
	Listed   bool          `json:"listed" doc:"there is a holiday list; without one, working days are a guess"`
	Papers   []string      `json:"papers" doc:"addresses of the State Council's notices"`
	Days     []CalendarDay `json:"days" doc:"days that the list names"`
	WorkDays int           `json:"work_days"`
	Applied  *ListApplied  `json:"applied,omitempty" doc:"the list was applied here; absent: it came with the program, or there is none"`
}

// ListApplied is when, by whom and why a year's list was applied.
type ListApplied struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty" doc:"told to the office alone"`
	Basis  string    `json:"basis,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// CalendarDay is a day that a holiday list names.
type CalendarDay struct {
	Date string `json:"date" format:"date"`
	Kind string `json:"kind" enum:"workday,weekend,holiday,make_up"`
	Name string `json:"name"`
}

// CalendarImport tells what a new holiday list changed.
type CalendarImport struct {
	Year         int `json:"year"`
	ChangedCases int `json:"changed_cases" doc:"cases whose judgement changed"`
}

// Settings are what an office has decided for itself.
type Settings struct {
	Mode             string   `json:"mode" enum:"civil,strict" doc:"how days are counted"`
	WarnWorkingDays  int      `json:"warn_working_days"`
	WarnCalendarDays int      `json:"warn_calendar_days"`
	WarnWorkingHours int      `json:"warn_working_hours"`
	NoticeDays       int      `json:"notice_days" doc:"working days in which papers are accepted or found wanting"`
	FilingGraceDays  int      `json:"filing_grace_days"`
	ReportGraceDays  int      `json:"report_grace_days"`
	BackEntryHours   float64  `json:"back_entry_hours" doc:"office hours after which a late entry is back-entry"`
	ClockSkewMinutes float64  `json:"clock_skew_minutes"`
	RollOver         bool     `json:"roll_over" doc:"a calendar-day limit that ends on a rest day ends with the next working day"`
	Zone             string   `json:"zone"`
	OfficeHours      []string `json:"office_hours" doc:"such as 08:30-12:00"`
}

// Adapter is an adapter with its health.
type Adapter struct {
	Name        string          `json:"name" doc:"of this instance"`
	Adapter     string          `json:"adapter" doc:"the program's name"`
	Title       string          `json:"title"`
	TitleEN     string          `json:"title_en"`
	Version     string          `json:"version"`
	Path        string          `json:"path"`
	State       string          `json:"state" enum:"starting,catching_up,live,backing_off,stopped,refused,failed"`
	PID         int             `json:"pid,omitempty"`
	StartedAt   time.Time       `json:"started_at,omitzero"`
	Restarts    int             `json:"restarts"`
	NextStartAt time.Time       `json:"next_start_at,omitzero"`
	LastBatchAt time.Time       `json:"last_batch_at,omitzero"`
	CaughtUp    bool            `json:"caught_up" doc:"it runs, and has read all there is"`
	LagSeconds  float64         `json:"lag_seconds" doc:"how long it has not been caught up; 0 when it is, and of one that does not run"`
	ErrorZH     string          `json:"error_zh,omitempty"`
	ErrorEN     string          `json:"error_en,omitempty"`
	Departments []string        `json:"departments"`
	Streams     []AdapterStream `json:"streams"`
	Quarantined int             `json:"quarantined"`
	Offers      []string        `json:"offers" doc:"what it can be told now: start, stop, restart; empty for one that was only ever used for an ingest"`
	Unconfined  bool            `json:"unconfined,omitempty" doc:"this system cannot keep it away from the console's files"`
}

// AdapterStream is one stream of an adapter.
type AdapterStream struct {
	Stream   string    `json:"stream" enum:"events,rejections,overdue,authorizations,ratings"`
	Records  int       `json:"records" doc:"taken in all, duplicates and quarantined ones included"`
	CaughtUp bool      `json:"caught_up"`
	LastAt   time.Time `json:"last_at,omitzero"`
	Since    Since     `json:"since" doc:"what became of the records that came since the console was started"`
}

// Since is what became of a stream's records since the console was started.
type Since struct {
	Taken     int64 `json:"taken"`
	Known     int64 `json:"known" doc:"sent again as they were: dropped"`
	Corrected int64 `json:"corrected" doc:"sent again changed"`
	Refused   int64 `json:"refused" doc:"in quarantine"`
}

// LogLine is a line that an adapter logged.
type LogLine struct {
	At    time.Time `json:"at"`
	Level string    `json:"level"`
	Text  string    `json:"text"`
}
