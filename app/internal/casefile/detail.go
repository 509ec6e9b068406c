// Package casefile is one case as its readers are given it: the page, reviewers and
// other systems.
package casefile

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// CaseDetail is everything about one case.
type CaseDetail struct {
	Case           store.Case           `json:"case"`
	Item           store.Item           `json:"item"`
	Promised       Clock                `json:"promised"`
	Statutory      Clock                `json:"statutory"`
	Events         []store.Event        `json:"events"`
	Findings       []store.Finding      `json:"findings"`
	OverdueReports []store.OverdueRow   `json:"overdue_reports" doc:"the department's own reports beside our computation"`
	Rejections     []store.RejectionRow `json:"rejections"`
	Strip          []StripDay           `json:"strip"`
	StripCut       bool                 `json:"strip_cut" doc:"days were left out of the strip's middle"`
}

// Clock is one limit of a case. Counts are in the limit's unit; limit 0 means
// that there is no such limit.
type Clock struct {
	Limit                int       `json:"limit"`
	Unit                 string    `json:"unit" enum:",working_days,calendar_days,working_hours"`
	Running              bool      `json:"running"`
	StartedAt            time.Time `json:"started_at,omitzero"`
	DueAt                time.Time `json:"due_at,omitzero" doc:"the last second that is in time"`
	DueWithoutPauses     time.Time `json:"due_without_pauses,omitzero"`
	OverAt               time.Time `json:"over_at,omitzero" doc:"the due time that passed"`
	Elapsed              int       `json:"elapsed"`
	ElapsedWithoutPauses int       `json:"elapsed_without_pauses"`
	Remaining            int       `json:"remaining" doc:"negative: units over"`
	Paused               int       `json:"paused"`
	Over                 bool      `json:"over"`
	OverWithoutPauses    bool      `json:"over_without_pauses"`
	PausedNow            bool      `json:"paused_now"`
	Extension            int       `json:"extension"`
}

// StripDay is one day of a case's time strip.
type StripDay struct {
	Date         string `json:"date" format:"date"`
	Kind         string `json:"kind" enum:"workday,weekend,holiday,make_up"`
	Name         string `json:"name" doc:"of the holiday, zh-CN"`
	Listed       bool   `json:"listed" doc:"the year has a holiday list"`
	N            int    `json:"n" doc:"ordinal of the promised clock, 0 if the day is not counted"`
	NStatutory   int    `json:"n_statutory"`
	Paused       bool   `json:"paused"`
	Start        bool   `json:"start"`
	DuePromised  bool   `json:"due_promised"`
	DueStatutory bool   `json:"due_statutory"`
	Ended        bool   `json:"ended"`
	Now          bool   `json:"now"`
	Over         bool   `json:"over"`
	Skipped      int    `json:"skipped,omitempty" doc:"days left out before this one"`
}
